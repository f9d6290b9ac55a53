using Marketplace.Web.Data;
using Marketplace.Web.Realtime;
using Marketplace.Web.Safety;
using Marketplace.Web.Safety.Rules;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>Restricts rooms in the caller's transaction, and tells open pages of it after the commit.</summary>
public sealed class RoomRestricter(Broadcaster broadcaster) : IBlockedRooms
{
    public async Task<Action> RestrictAsync(MarketplaceDbContext db, long blockerId, long blockedId, bool isBlocked)
    {
        var buying = db.Rooms.Where(room => room.BuyerId == blockerId && room.SellerId == blockedId);
        var selling = db.Rooms.Where(room => room.SellerId == blockerId && room.BuyerId == blockedId);
        await SetAsync(buying, RoomRestrictions.BlockedByBuyer, isBlocked);
        await SetAsync(selling, RoomRestrictions.BlockedBySeller, isBlocked);
        var changed = await Restricted(buying.Concat(selling)).ToListAsync();
        return () => changed.ForEach(Tell);
    }

    /// <summary>Null if there is nothing to do.</summary>
    public async Task<RoomRestricted?> LockAsync(MarketplaceDbContext db, long roomId, bool isLocked)
    {
        var room = db.Rooms.Where(one => one.Id == roomId);
        var other = room.Where(one => one.Restrictions.HasFlag(RoomRestrictions.Locked) != isLocked);
        return await SetAsync(other, RoomRestrictions.Locked, isLocked) == 0
            ? null
            : await Restricted(room).SingleAsync();
    }

    /// <summary>False if there is no risk to clear.</summary>
    public static async Task<bool> ClearRiskAsync(MarketplaceDbContext db, long roomId) =>
        await db
            .Rooms.Where(one => one.Id == roomId && one.Risk != null)
            .ExecuteUpdateAsync(room =>
                room.SetProperty(r => r.Risk, (SafetySeverity?)null)
                    .SetProperty(r => r.RiskRule, (SafetyRule?)null)
                    .SetProperty(r => r.RiskSeq, (long?)null)
            ) > 0;

    private static IQueryable<RoomRestricted> Restricted(IQueryable<Room> rooms) =>
        rooms.Select(room => new RoomRestricted(
            new RoomParties(room.Id, room.ListingId, room.BuyerId, room.SellerId, room.Restrictions),
            room.Rev
        ));

    private static Task<int> SetAsync(IQueryable<Room> rooms, RoomRestrictions by, bool isOn) =>
        rooms.ExecuteUpdateAsync(room =>
            room.SetProperty(r => r.Rev, r => r.Rev + 1)
                .SetProperty(r => r.Restrictions, r => isOn ? r.Restrictions | by : r.Restrictions & ~by)
        );

    public void Tell(RoomRestricted restricted)
    {
        var room = restricted.Room;
        broadcaster.Publish(ChatTopics.Person(room.BuyerId), restricted);
        broadcaster.Publish(ChatTopics.Person(room.SellerId), restricted);
        broadcaster.Publish(ChatTopics.Room(room.RoomId), restricted);
    }
}
