using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Outbox;

namespace Marketplace.Web.Notifications;

/// <summary>A person whose notices are due, as the workers read them.</summary>
internal sealed record NoticeReaderRow(
    string? Email,
    string? Culture,
    string? TimeZone,
    bool IsSuspended,
    bool IsClosed,
    bool HasBounced,
    DateTime? SeenAt,
    NotificationPreference? Saved
)
{
    public NotificationPreference Preference { get; } = Saved ?? new();
}

internal readonly record struct UnreadRoom(long RoomId, long Seq);

internal static class NoticeQueries
{
    public static IQueryable<NoticeReaderRow> Reader(MarketplaceDbContext db, long userId) =>
        from user in db.Users
        where user.Id == userId
        join saved in db.NotificationPreferences on user.Id equals saved.UserId into preferences
        from preference in preferences.DefaultIfEmpty()
        select new NoticeReaderRow(
            user.Email,
            user.Culture,
            user.TimeZone,
            user.SuspendedAt != null,
            user.ClosedAt != null,
            user.BouncedAt != null,
            db.LastSeen.Where(seen => seen.UserId == userId).Select(seen => (DateTime?)seen.At).FirstOrDefault(),
            preference
        );

    /// <summary>Those of which no mail has told, the oldest first.</summary>
    public static IQueryable<WaitingNotice> Waiting(MarketplaceDbContext db, long userId) =>
        WithPlace(
            db,
            userId,
            db.Notices.Where(notice => notice.PersonId == userId && notice.Mail == NoticeOutcome.Waiting)
                .OrderBy(notice => notice.Id)
        );

    /// <summary>Those after <paramref name="since"/> (UTC) of which devices may have to be told, the newest first.</summary>
    public static IQueryable<WaitingNotice> ForDevices(MarketplaceDbContext db, long userId, DateTime since)
    {
        // Found from the newest on, so that the notices of months need not be looked at.
        var before = db
            .Notices.Where(notice => notice.PersonId == userId && notice.At <= since)
            .OrderByDescending(notice => notice.Id)
            .Select(notice => notice.Id);
        return WithPlace(
            db,
            userId,
            db.Notices.Where(notice =>
                    notice.PersonId == userId
                    && notice.Id > before.FirstOrDefault()
                    && notice.At > since
                    && (
                        notice.Push == NoticeOutcome.Waiting
                        || notice.Push == NoticeOutcome.Sent
                        || notice.Push == NoticeOutcome.GivenUp
                    )
                )
                .OrderByDescending(notice => notice.Id)
        );
    }

    private static IQueryable<WaitingNotice> WithPlace(
        MarketplaceDbContext db,
        long userId,
        IOrderedQueryable<Notice> notices
    ) =>
        from notice in notices
        join room in db.Rooms on notice.RoomId equals room.Id into rooms
        from room in rooms.DefaultIfEmpty()
        join membership in db.Memberships
            on new { RoomId = notice.RoomId ?? 0, UserId = userId } equals new { membership.RoomId, membership.UserId }
            into memberships
        from membership in memberships.DefaultIfEmpty()
        join other in db.Users on (room.BuyerId == userId ? room.SellerId : room.BuyerId) equals other.Id into others
        from other in others.DefaultIfEmpty()
        join listing in db.Listings on notice.ListingId equals listing.Id into listings
        from listing in listings.DefaultIfEmpty()
        select new WaitingNotice(
            notice.Id,
            notice.Kind,
            notice.RoomId,
            notice.Seq,
            notice.At,
            notice.RoomId == null ? notice.ReadAt != null : membership.ReadSeq >= notice.Seq,
            notice.ShownAt,
            membership.MutedUntil,
            other.DisplayName,
            notice.ListingId,
            listing.Title,
            notice.Data
        )
        {
            Push = notice.Push,
            IsBlocked =
                room != null
                && (
                    room.BuyerId == userId
                        ? (room.Restrictions & RoomRestrictions.BlockedByBuyer) != 0
                        : (room.Restrictions & RoomRestrictions.BlockedBySeller) != 0
                ),
        };

    /// <summary>The newest first, below this id.</summary>
    public static IQueryable<NoticeView> Last(MarketplaceDbContext db, long userId, long below, int limit) =>
        from notice in db
            .Notices.Where(one => one.PersonId == userId && one.Id < below)
            .OrderByDescending(one => one.Id)
            .Take(limit)
        join room in db.Rooms on notice.RoomId equals room.Id into rooms
        from room in rooms.DefaultIfEmpty()
        join membership in db.Memberships
            on new { RoomId = notice.RoomId ?? 0, UserId = userId } equals new { membership.RoomId, membership.UserId }
            into memberships
        from membership in memberships.DefaultIfEmpty()
        join other in db.Users on (room.BuyerId == userId ? room.SellerId : room.BuyerId) equals other.Id into others
        from other in others.DefaultIfEmpty()
        join listing in db.Listings on notice.ListingId equals listing.Id into listings
        from listing in listings.DefaultIfEmpty()
        orderby notice.Id descending
        select new NoticeView(
            notice.Id,
            notice.Kind,
            notice.RoomId,
            notice.ListingId,
            notice.Seq,
            other.DisplayName,
            listing.Title,
            listing.Cover,
            notice.Data,
            notice.At,
            notice.RoomId == null ? notice.ReadAt != null : membership.ReadSeq >= notice.Seq,
            notice.ShownAt,
            notice.Mail,
            notice.MailAt,
            notice.Push,
            notice.PushAt
        );

    /// <summary>The rooms in which something up to this notice is unread, and the last message that tells of it.</summary>
    public static IQueryable<UnreadRoom> UnreadRooms(MarketplaceDbContext db, long userId, long upTo) =>
        from notice in db.Notices
        where notice.PersonId == userId && notice.Id <= upTo && notice.RoomId != null
        join membership in db.Memberships
            on new { RoomId = notice.RoomId ?? 0, UserId = userId } equals new { membership.RoomId, membership.UserId }
        where membership.ReadSeq < notice.Seq
        group notice.Seq by membership.RoomId into room
        select new UnreadRoom(room.Key, room.Max());

    /// <summary>Those of a room up to this message which no page has shown, after <paramref name="since"/> (UTC).</summary>
    public static IQueryable<Notice> NotShown(
        MarketplaceDbContext db,
        long userId,
        long roomId,
        long seq,
        DateTime since
    ) =>
        db
            .Notices.Where(notice => notice.PersonId == userId && notice.Mail == NoticeOutcome.Waiting)
            .Where(notice => notice.RoomId == roomId && notice.Seq <= seq)
            .Where(notice => notice.ShownAt == null && notice.At > since);

    /// <summary>What is unread and more than a message, of rooms that are not muted at this time (UTC).</summary>
    public static IQueryable<long> Unread(MarketplaceDbContext db, long userId, DateTime now) =>
        from notice in db.Notices
        where notice.PersonId == userId && notice.Kind != NoticeKind.Message
        join membership in db.Memberships
            on new { RoomId = notice.RoomId ?? 0, UserId = userId } equals new { membership.RoomId, membership.UserId }
            into memberships
        from membership in memberships.DefaultIfEmpty()
        where
            notice.RoomId == null
                ? notice.ReadAt == null
                : membership.ReadSeq < notice.Seq && (membership.MutedUntil == null || membership.MutedUntil <= now)
        select notice.Id;
}
