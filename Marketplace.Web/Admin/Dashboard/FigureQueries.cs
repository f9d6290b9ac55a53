using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Data;

namespace Marketplace.Web.Admin.Dashboard;

/// <summary>A row whose time rises with its id, so that a day is a range of ids.</summary>
internal sealed class DatedRow
{
    public long Id { get; init; }
    public DateTime At { get; init; }
}

internal sealed record DayCounts(long Messages, long Rooms, long People, long Begun);

internal sealed record PartCount(int Part, long Count);

internal sealed record FirstAnswer(DateTime AskedAt, DateTime AnsweredAt);

/// <summary>Counts a range of ids: <c>first</c> belongs to it, <c>end</c> does not.</summary>
internal static class FigureQueries
{
    /// <summary>Answers later in a room do not count as first ones, as on the pages of sellers.</summary>
    private const int Within = 40;

    public static IQueryable<DatedRow> Messages(MarketplaceDbContext db) =>
        db.Messages.Select(message => new DatedRow { Id = message.Id, At = message.SentAt });

    public static IQueryable<DatedRow> Reports(MarketplaceDbContext db) =>
        db.Reports.Select(report => new DatedRow { Id = report.Id, At = report.At });

    public static IQueryable<DatedRow> Entries(MarketplaceDbContext db) =>
        db.AuditEntries.Select(entry => new DatedRow { Id = entry.Id, At = entry.At });

    public static IQueryable<DayCounts> Day(MarketplaceDbContext db, long first, long end) =>
        from message in Texts(db, first, end)
        group message by 1 into all
        select new DayCounts(
            all.LongCount(),
            all.Select(message => message.RoomId).Distinct().LongCount(),
            all.Select(message => message.SenderId).Distinct().LongCount(),
            all.LongCount(message => message.Seq == 1)
        );

    /// <summary>First texts of sellers in rooms that the buyer began. Purged starts and system lines do not count.</summary>
    public static IQueryable<FirstAnswer> FirstAnswers(MarketplaceDbContext db, long first, long end) =>
        from answer in Texts(db, first, end)
        where answer.Seq <= Within
        join room in db.Rooms on answer.RoomId equals room.Id
        where answer.SenderId == room.SellerId
        where
            !db.Messages.Any(earlier =>
                earlier.RoomId == answer.RoomId
                && earlier.Seq < answer.Seq
                && earlier.SenderId == answer.SenderId
                && earlier.Kind == MessageKind.Text
            )
        join asked in db.Messages on new { answer.RoomId, Seq = 1L } equals new { asked.RoomId, asked.Seq }
        where asked.SenderId == room.BuyerId
        select new FirstAnswer(asked.SentAt, answer.SentAt);

    public static IQueryable<PartCount> ReportReasons(MarketplaceDbContext db, long first, long end) =>
        from report in db.Reports
        where report.Id >= first && report.Id < end && !report.IsOwnInitiative
        group report by report.Reason into same
        select new PartCount((int)same.Key, same.LongCount());

    public static IQueryable<PartCount> Looks(MarketplaceDbContext db, long first, long end) =>
        from entry in db.AuditEntries
        where entry.Id >= first && entry.Id < end && !entry.IsRefused
        where
            entry.Action == AuditAction.RoomOpened
            || entry.Action == AuditAction.PictureOpened
            || entry.Action == AuditAction.DeliveryOpened
            || entry.Action == AuditAction.EvidenceOpened
            || entry.Action == AuditAction.ReportPictureOpened
        group entry by entry.Action into same
        select new PartCount((int)same.Key, same.LongCount());

    private static IQueryable<Message> Texts(MarketplaceDbContext db, long first, long end) =>
        db.Messages.Where(message => message.Id >= first && message.Id < end && message.Kind == MessageKind.Text);
}
