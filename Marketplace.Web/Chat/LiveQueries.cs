using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;

namespace Marketplace.Web.Chat;

/// <summary>How far something has got: a room by its rev, a person's inbox by its newest message.</summary>
public sealed record LiveVersion(long Id, long Version);

internal static class LiveQueries
{
    public static IQueryable<LiveVersion> Rooms(MarketplaceDbContext db, IReadOnlyList<long> roomIds) =>
        db.Rooms.Where(room => roomIds.Contains(room.Id)).Select(room => new LiveVersion(room.Id, room.Rev));

    /// <summary>
    /// By the message of the newest room: an empty one has a place, too. A new message brings an archived room back, so
    /// two shelves are enough.
    /// </summary>
    public static IQueryable<LiveVersion> Inboxes(MarketplaceDbContext db, IReadOnlyList<long> personIds) =>
        db
            .Users.Where(user => personIds.Contains(user.Id))
            .Select(user => new
            {
                user.Id,
                Open = (
                    from member in db.Memberships
                    where member.UserId == user.Id && member.Shelf == Shelf.Open
                    join room in db.Rooms on member.RoomId equals room.Id
                    orderby member.SortKey descending
                    select room.LastMessageId
                ).FirstOrDefault(),
                Pinned = (
                    from member in db.Memberships
                    where member.UserId == user.Id && member.Shelf == Shelf.Pinned
                    join room in db.Rooms on member.RoomId equals room.Id
                    orderby member.SortKey descending
                    select room.LastMessageId
                ).FirstOrDefault(),
            })
            .Select(one => new LiveVersion(one.Id, one.Open > one.Pinned ? one.Open : one.Pinned));
}
