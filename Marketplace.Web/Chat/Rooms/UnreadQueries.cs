using Marketplace.Web.Data;

namespace Marketplace.Web.Chat.Rooms;

/// <param name="Unread">What the messages say.</param>
internal sealed record UnreadDrift(long RoomId, long UserId, long Unread);

internal static class UnreadQueries
{
    /// <summary>The next rooms by id.</summary>
    public static IQueryable<long> Rooms(MarketplaceDbContext db, long after, int limit) =>
        db.Rooms.Where(room => room.Id > after).OrderBy(room => room.Id).Select(room => room.Id).Take(limit);

    public static IQueryable<Membership> Members(MarketplaceDbContext db, long after, long upTo) =>
        db.Memberships.Where(member => member.RoomId > after && member.RoomId <= upTo);

    /// <summary>Memberships whose count is not that of the messages above the read mark, by others and not deleted.</summary>
    public static IQueryable<UnreadDrift> Drifted(MarketplaceDbContext db, long after, long upTo) =>
        from member in Members(db, after, upTo)
        let unread = db.Messages.LongCount(message =>
            message.RoomId == member.RoomId
            && message.Seq > member.ReadSeq
            && message.SenderId != member.UserId
            && message.DeletedAt == null
        )
        where unread != member.OthersCount - member.OthersRead
        select new UnreadDrift(member.RoomId, member.UserId, unread);
}
