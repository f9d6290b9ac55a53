using Marketplace.Web.Data;
using Marketplace.Web.Outbox;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Admin;

/// <summary>What became of a message for the person it is for. Times are UTC.</summary>
/// <param name="ShownAt">When another page of theirs showed it, outside its room.</param>
/// <param name="Push">Null without a notice: it is older than <see cref="Notice.Kept"/>, or notices are off.</param>
public sealed record DeliveryView(
    string To,
    DateTime StoredAt,
    bool IsDelivered,
    DateTime? ShownAt,
    bool IsRead,
    NoticeOutcome? Push,
    DateTime? PushAt,
    NoticeOutcome? Mail,
    DateTime? MailAt
);

internal sealed record DeliveryRow(
    long ToId,
    string To,
    DateTime StoredAt,
    long Seq,
    long ReadSeq,
    DateTime? SeenAt,
    Notice? Notice
)
{
    public DeliveryView View(DateTime? seenAt) =>
        new(
            PersonName.Of(To),
            StoredAt,
            ReadSeq >= Seq || seenAt >= StoredAt,
            Notice?.ShownAt,
            ReadSeq >= Seq,
            Notice?.Push,
            Notice?.PushAt,
            Notice?.Mail,
            Notice?.MailAt
        );
}

internal static class AdminQueries
{
    /// <summary>Reads one person's notices of the last months: an index by room would cost every message more.</summary>
    public static IQueryable<DeliveryRow> Delivery(MarketplaceDbContext db, long roomId, long seq) =>
        from message in db.Messages
        where message.RoomId == roomId && message.Seq == seq
        join membership in db.Memberships on message.RoomId equals membership.RoomId
        where membership.UserId != message.SenderId
        join person in db.Users on membership.UserId equals person.Id
        join notice in db.Notices
            on new
            {
                PersonId = membership.UserId,
                RoomId = (long?)message.RoomId,
                message.Seq,
            } equals new
            {
                notice.PersonId,
                notice.RoomId,
                notice.Seq,
            }
            into notices
        from notice in notices.DefaultIfEmpty()
        select new DeliveryRow(
            person.Id,
            person.DisplayName,
            message.SentAt,
            message.Seq,
            membership.ReadSeq,
            db.LastSeen.Where(seen => seen.UserId == person.Id).Select(seen => (DateTime?)seen.At).FirstOrDefault(),
            notice
        );
}
