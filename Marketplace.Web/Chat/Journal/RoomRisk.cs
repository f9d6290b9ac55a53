using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Safety.Rules;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Journal;

/// <summary>
/// Raises the risk of a room in the transaction of the message in which something was found. The text has been read
/// before, in the widest context, so that the journal reads only the few that may mean something.
/// </summary>
internal static class RoomRisk
{
    public static async Task RaiseAsync(MarketplaceDbContext db, SafetyContext doubt, Message message, Room room)
    {
        if (await FindAsync(db, doubt, message, room) is not { } worst)
            return;
        await db
            .Rooms.Where(one => one.Id == room.Id && (one.Risk == null || one.Risk <= worst.Severity))
            .ExecuteUpdateAsync(one =>
                one.SetProperty(r => r.Risk, worst.Severity)
                    .SetProperty(r => r.RiskRule, worst.Rule)
                    .SetProperty(r => r.RiskSeq, message.Seq)
            );
    }

    private static async Task<SafetyFinding?> FindAsync(
        MarketplaceDbContext db,
        SafetyContext doubt,
        Message message,
        Room room
    )
    {
        var (joinedAt, price) = await RoomQueries.Doubt(db, room.ListingId, message.SenderId).SingleAsync();
        var fromBuyer = message.SenderId == room.BuyerId;
        var context = doubt with
        {
            // The message is counted already.
            IsFirstContact = (fromBuyer ? room.FromSeller : room.FromBuyer) == 0,
            IsNewAccount = message.SentAt - joinedAt < SafetyContext.New,
            FromBuyer = fromBuyer,
            Price = price,
        };
        return SafetyRules.Find(message.Body, context) is [var worst, ..] ? worst : null;
    }
}
