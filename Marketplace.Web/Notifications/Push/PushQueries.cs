using Marketplace.Web.Data;

namespace Marketplace.Web.Notifications.Push;

/// <summary>How far a person has read a room.</summary>
internal readonly record struct PushMark(long RoomId, long ReadSeq);

internal static class PushQueries
{
    public static IQueryable<PushMark> Marks(MarketplaceDbContext db, long personId, IReadOnlyCollection<long> rooms) =>
        db
            .Memberships.Where(mine => mine.UserId == personId && rooms.Contains(mine.RoomId))
            .Select(mine => new PushMark(mine.RoomId, mine.ReadSeq));

    /// <summary>Of these notices outside rooms, those that are read.</summary>
    public static IQueryable<long> Read(MarketplaceDbContext db, long personId, IReadOnlyCollection<long> notices) =>
        db
            .Notices.Where(one => one.PersonId == personId && notices.Contains(one.Id) && one.ReadAt != null)
            .Select(one => one.Id);

    /// <summary>What the message says; nothing if it is deleted.</summary>
    public static IQueryable<string> Words(MarketplaceDbContext db, long roomId, long seq) =>
        db
            .Messages.Where(message => message.RoomId == roomId && message.Seq == seq && message.DeletedAt == null)
            .Select(message => message.Body);
}
