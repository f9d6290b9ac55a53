using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Safety.Reports;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Messages;

/// <summary>Messages and rooms, for reports of their members.</summary>
internal sealed class ReportedMessages : IReportable
{
    /// <summary>A message, and the ten before it.</summary>
    private const int Kept = 11;

    public async Task<Reported?> FindAsync(MarketplaceDbContext db, ReportTarget target, long readerId)
    {
        if (
            target is not { Kind: ReportKind.Message or ReportKind.Room, RoomId: { } roomId }
            || await RoomQueries.Parties(db, readerId, roomId).SingleOrDefaultAsync() is not { } room
        )
            return null;
        var messages = await MessageQueries.Evidence(db, roomId, target.Seq ?? long.MaxValue, Kept).ToListAsync();
        return target.Kind is ReportKind.Room ? await WholeAsync(db, room, readerId, messages)
            : messages is [var (kind, _, last), ..] && kind is MessageKind.Text && last.Seq == target.Seq
                ? new(last.SenderId, last.Sender, last.Text, Evidence(messages), room.ListingId)
            : null;
    }

    private static async Task<Reported> WholeAsync(
        MarketplaceDbContext db,
        RoomParties room,
        long readerId,
        IReadOnlyList<EvidenceRow> messages
    )
    {
        var otherId = readerId == room.BuyerId ? room.SellerId : room.BuyerId;
        var name = await db.Users.Where(user => user.Id == otherId).Select(user => user.DisplayName).SingleAsync();
        return new(otherId, name, null, Evidence(messages), room.ListingId);
    }

    private static ReportEvidence Evidence(IReadOnlyList<EvidenceRow> messages) =>
        new() { Messages = [.. messages.Reverse().Select(row => row.Message with { Pictures = row.Pictures })] };
}
