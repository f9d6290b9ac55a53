using Marketplace.Web.Data;
using Marketplace.Web.Outbox;

namespace Marketplace.Web.Notifications;

/// <summary>A person whose notices are due, as the worker reads them.</summary>
internal sealed record NoticeReaderRow(
    string? Email,
    string? Culture,
    string? TimeZone,
    bool HasAccess,
    bool HasBounced,
    DateTime? SeenAt,
    NotificationPreference? Preference
);

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
            user.SuspendedAt == null && user.ClosedAt == null,
            user.BouncedAt != null,
            db.LastSeen.Where(seen => seen.UserId == userId).Select(seen => (DateTime?)seen.At).FirstOrDefault(),
            preference
        );

    /// <summary>The oldest first.</summary>
    public static IQueryable<WaitingNotice> Waiting(MarketplaceDbContext db, long userId) =>
        from notice in db.Notices
        where notice.PersonId == userId && notice.Mail == NoticeOutcome.Waiting
        join membership in db.Memberships
            on new { RoomId = notice.RoomId, UserId = userId } equals new { membership.RoomId, membership.UserId }
        join room in db.Rooms on notice.RoomId equals room.Id
        join listing in db.Listings on room.ListingId equals listing.Id
        join other in db.Users on (room.BuyerId == userId ? room.SellerId : room.BuyerId) equals other.Id
        orderby notice.Id
        select new WaitingNotice(
            notice.Id,
            notice.Kind,
            notice.RoomId,
            notice.Seq,
            notice.At,
            membership.ReadSeq,
            membership.MutedUntil,
            other.DisplayName,
            listing.Title
        );

    /// <summary>The newest first.</summary>
    public static IQueryable<NoticeView> Last(MarketplaceDbContext db, long userId, int limit) =>
        from notice in db.Notices.Where(one => one.PersonId == userId).OrderByDescending(one => one.Id).Take(limit)
        join room in db.Rooms on notice.RoomId equals room.Id
        orderby notice.Id descending
        select new NoticeView(
            notice.Kind,
            notice.RoomId,
            notice.Seq,
            db.Users.Single(user => user.Id == (room.BuyerId == userId ? room.SellerId : room.BuyerId)).DisplayName,
            db.Listings.Single(listing => listing.Id == room.ListingId).Title,
            notice.At,
            notice.Mail,
            notice.MailAt
        );
}
