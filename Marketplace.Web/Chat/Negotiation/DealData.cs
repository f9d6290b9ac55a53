using Marketplace.Web.Accounts.Closing;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat.Negotiation;

/// <summary>What a buyer who closes the account leaves on the table. A seller's listings are withdrawn, and deals follow.</summary>
internal sealed class DealData(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    MessageJournal journal,
    IStringLocalizer<ChatTexts> texts
) : IPersonalData
{
    public async Task ExportAsync(long userId, PersonalArchive archive, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        await archive.WriteAsync("deals.json", await DealQueries.Exported(db, userId).ToListAsync(cancellation));
    }

    public async Task<Refusal?> LeaveAsync(long userId)
    {
        List<RoomDeal> open;
        await using (var db = await database.CreateDbContextAsync())
            open = await DealQueries.OpenOfBuyer(db, userId).AsNoTracking().ToListAsync();
        foreach (var deal in open)
        {
            var leaving = new DealMove(deal.RoomId, userId, Guid.CreateVersion7(), Leaving(deal), null);
            if (!journal.TryTake(leaving))
                return new Refusal(RefusalKind.Busy, texts["Deal.NotSaved"]);
            await leaving.Stored;
        }
        return null;
    }

    /// <summary>The facts of deals stay for the other; the person's own words go.</summary>
    public async Task EraseAsync(long userId, CancellationToken cancellation)
    {
        List<long> rooms;
        await using (var db = await database.CreateDbContextAsync(cancellation))
            rooms = await DealQueries.Rooms(db, userId).ToListAsync(cancellation);
        foreach (var room in rooms)
            await transactions.InTransactionAsync(db => ForgetAsync(db, userId, room), cancellation);
    }

    private static async Task<bool> ForgetAsync(MarketplaceDbContext db, long userId, long roomId)
    {
        foreach (var message in await DealQueries.Steps(db, userId, roomId).ToListAsync())
            if (MessageData.Parse(message.Data) is { Deal: { } step } data)
                message.Data = (data with { Deal = step.WithoutWords() }).ToJson();
        var deal = await db.Deals.SingleAsync(one => one.RoomId == roomId);
        var room = await db.Rooms.SingleAsync(one => one.Id == roomId);
        deal.Become(Deal.Parse(deal.Data).WithoutWords(userId == room.BuyerId ? Side.Buyer : Side.Seller));
        return true;
    }

    private static DealAct Leaving(RoomDeal deal) =>
        deal.Stage is DealStage.Agreed or DealStage.Meeting ? new Cancel(CancelReason.Other, null)
        : deal.By is Side.Buyer ? new Withdraw()
        : new Decline();
}
