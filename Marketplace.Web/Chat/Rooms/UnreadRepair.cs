using Marketplace.Web.Data;
using Marketplace.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>Compares the unread counts of a room with its messages while nobody writes in it.</summary>
public sealed class UnreadRepair(WriteTransactions transactions, Broadcaster broadcaster)
{
    /// <summary>How many memberships of the room are wrong; they are put right if asked, and open pages told.</summary>
    public async Task<int> CompareAsync(long roomId, bool repairs, CancellationToken cancellation)
    {
        var wrong = await transactions.InTransactionAsync(db => CompareAsync(db, roomId, repairs), cancellation);
        foreach (var member in repairs ? wrong : [])
            broadcaster.Publish(
                ChatTopics.Person(member.UserId),
                new MembershipChanged(member.RoomId, member.Position)
            );
        return wrong.Count;
    }

    private static async Task<IReadOnlyList<Membership>> CompareAsync(
        MarketplaceDbContext db,
        long roomId,
        bool repairs
    )
    {
        // A no-op update takes the row lock, as the journal does.
        await db
            .Rooms.Where(room => room.Id == roomId)
            .ExecuteUpdateAsync(room => room.SetProperty(r => r.LastSeq, r => r.LastSeq));
        var drifted = await UnreadQueries.Drifted(db, roomId - 1, roomId).ToDictionaryAsync(one => one.UserId);
        var room = await db.Rooms.SingleAsync(one => one.Id == roomId);
        var members = await UnreadQueries.Members(db, roomId - 1, roomId).ToListAsync();
        var wrong = members.Where(member => drifted.ContainsKey(member.UserId)).ToList();
        foreach (var member in repairs ? wrong : [])
            member.Recount(room, drifted[member.UserId].Unread);
        return wrong;
    }
}
