using Marketplace.Web.Data;
using Marketplace.Web.Realtime;
using Marketplace.Web.Safety;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Rooms;

internal sealed class RoomBlocks(Broadcaster broadcaster) : IBlockedRooms
{
    public async Task<Action> RestrictAsync(MarketplaceDbContext db, long blockerId, long blockedId, bool isBlocked)
    {
        var buying = db.Rooms.Where(room => room.BuyerId == blockerId && room.SellerId == blockedId);
        var selling = db.Rooms.Where(room => room.SellerId == blockerId && room.BuyerId == blockedId);
        await SetAsync(buying, RoomRestrictions.BlockedByBuyer, isBlocked);
        await SetAsync(selling, RoomRestrictions.BlockedBySeller, isBlocked);
        var changed = await buying
            .Concat(selling)
            .Select(room => new RoomRestricted(
                new RoomParties(room.Id, room.ListingId, room.BuyerId, room.SellerId, room.Restrictions),
                room.Rev
            ))
            .ToListAsync();
        return () => changed.ForEach(Tell);
    }

    private static Task<int> SetAsync(IQueryable<Room> rooms, RoomRestrictions by, bool isBlocked) =>
        rooms.ExecuteUpdateAsync(room =>
            room.SetProperty(r => r.Rev, r => r.Rev + 1)
                .SetProperty(r => r.Restrictions, r => isBlocked ? r.Restrictions | by : r.Restrictions & ~by)
        );

    private void Tell(RoomRestricted restricted)
    {
        var room = restricted.Room;
        broadcaster.Publish(ChatTopics.Person(room.BuyerId), restricted);
        broadcaster.Publish(ChatTopics.Person(room.SellerId), restricted);
        broadcaster.Publish(ChatTopics.Room(room.RoomId), restricted);
    }
}
