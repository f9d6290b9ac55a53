using Marketplace.Web.Data;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Admin.Reports;

/// <summary>Which reports a list shows.</summary>
public enum ReportShelf
{
    Open,
    Mine,
    Decided,
}

/// <summary>A line of the queue. Times are UTC.</summary>
/// <param name="Holder">Who looks at it now; null if nobody does.</param>
public sealed record ReportRowView(
    long Id,
    ReportReason Reason,
    ReportPriority Priority,
    ReportState State,
    DateTime At,
    string Reporter,
    string Person,
    long? HolderId,
    string? Holder,
    ReportOutcome? Outcome,
    bool IsOwnInitiative
)
{
    public string Reporter
    {
        get => PersonName.Of(field);
    } = Reporter;
    public string Person
    {
        get => PersonName.Of(field);
    } = Person;
}

/// <summary>A report with its evidence, for the administrator who opened it. Times are UTC.</summary>
/// <param name="Culture">The languages in which the two are told; null: not known yet.</param>
/// <param name="Pictures">Those of the evidence that are still there.</param>
/// <param name="Hash">In lower-case hex.</param>
/// <param name="HeldUntil">How long nobody else can take it; null once it is decided.</param>
/// <param name="Lately">How many reports there are of the person in <see cref="ReportReviewService.Lately"/>, with this one.</param>
public sealed record ReportReviewView(
    long Id,
    ReportKind Kind,
    ReportReason Reason,
    DateTime At,
    string? Text,
    long PersonId,
    string Person,
    string Reporter,
    (string? Person, string? Reporter) Culture,
    long? RoomId,
    ReportEvidence? Evidence,
    IReadOnlyList<PictureEvidence> Pictures,
    string Hash,
    string? Objection,
    DateTime? ObjectedAt,
    DateTime? HeldUntil,
    bool IsOwnInitiative,
    int Lately,
    IReadOnlyList<DecisionView> Decisions
);

public sealed record DecisionView(ReportOutcome Outcome, HouseRule? Rule, string? ToPerson, DateTime At, string Decider)
{
    public string Decider
    {
        get => PersonName.Of(field);
    } = Decider;
}

internal static class ReportReviewQueries
{
    public static IQueryable<ReportRowView> Page(
        MarketplaceDbContext db,
        ReportShelf shelf,
        long me,
        DateTime now,
        PageCursor? after,
        int limit
    ) =>
        Rows(
            db,
            Ordered(Shelved(db, shelf, me, now).Where(report => report.PersonId != me), shelf, after).Take(limit),
            now
        );

    public static IQueryable<ReportRowView> About(MarketplaceDbContext db, long personId, DateTime now) =>
        Rows(db, db.Reports.Where(r => r.PersonId == personId).OrderByDescending(r => r.Id), now);

    public static IQueryable<ReportRowView> By(MarketplaceDbContext db, long reporterId, DateTime now) =>
        Rows(
            db,
            db.Reports.Where(r => r.ReporterId == reporterId && !r.IsOwnInitiative).OrderByDescending(r => r.Id),
            now
        );

    private static IQueryable<ReportRowView> Rows(MarketplaceDbContext db, IQueryable<Report> reports, DateTime now) =>
        from report in reports
        select new ReportRowView(
            report.Id,
            report.Reason,
            report.Priority,
            report.State,
            report.At,
            db.Users.Single(user => user.Id == report.ReporterId).DisplayName,
            db.Users.Single(user => user.Id == report.PersonId).DisplayName,
            report.HeldUntil > now ? report.HolderId : null,
            report.HeldUntil > now
                ? db.Users.Where(user => user.Id == report.HolderId).Select(user => user.DisplayName).FirstOrDefault()
                : null,
            db.ReportDecisions.Where(decision => decision.ReportId == report.Id)
                .OrderByDescending(decision => decision.Id)
                .Select(decision => (ReportOutcome?)decision.Outcome)
                .FirstOrDefault(),
            report.IsOwnInitiative
        );

    public static IQueryable<Report> Open(MarketplaceDbContext db) =>
        db.Reports.Where(report => report.State != ReportState.Decided);

    /// <summary>Reports of the person whose last decision is a suspension.</summary>
    public static IQueryable<long> Suspending(MarketplaceDbContext db, long personId) =>
        from report in db.Reports
        where report.PersonId == personId
        let last = db
            .ReportDecisions.Where(decision => decision.ReportId == report.Id)
            .OrderByDescending(decision => decision.Id)
            .Select(decision => (ReportOutcome?)decision.Outcome)
            .FirstOrDefault()
        where last == ReportOutcome.Suspension
        select report.Id;

    /// <summary>Cases whose last decision hides something of the message.</summary>
    public static IQueryable<long> Hiding(MarketplaceDbContext db, long roomId, long seq) =>
        from report in db.Reports
        where report.RoomId == roomId && report.Seq == seq
        let last = db
            .ReportDecisions.Where(decision => decision.ReportId == report.Id)
            .OrderByDescending(decision => decision.Id)
            .Select(decision => (ReportOutcome?)decision.Outcome)
            .FirstOrDefault()
        where last == ReportOutcome.MessageHidden || last == ReportOutcome.TextMasked
        select report.Id;

    /// <summary>Cases whose last decision removes the listing.</summary>
    public static IQueryable<long> Removing(MarketplaceDbContext db, long listingId) =>
        from report in db.Reports
        where report.ListingId == listingId && report.Kind == ReportKind.Listing
        let last = db
            .ReportDecisions.Where(decision => decision.ReportId == report.Id)
            .OrderByDescending(decision => decision.Id)
            .Select(decision => (ReportOutcome?)decision.Outcome)
            .FirstOrDefault()
        where last == ReportOutcome.ListingRemoved
        select report.Id;

    public static IQueryable<DecisionView> Decisions(MarketplaceDbContext db, long reportId) =>
        from decision in db.ReportDecisions
        where decision.ReportId == reportId
        orderby decision.Id
        select new DecisionView(
            decision.Outcome,
            decision.Rule,
            decision.ToPerson,
            decision.At,
            db.Users.Single(user => user.Id == decision.DeciderId).DisplayName
        );

    private static IQueryable<Report> Shelved(MarketplaceDbContext db, ReportShelf shelf, long me, DateTime now) =>
        shelf switch
        {
            ReportShelf.Open => Open(db),
            ReportShelf.Mine => Open(db).Where(report => report.HolderId == me && report.HeldUntil > now),
            _ => db.Reports.Where(report => report.State == ReportState.Decided),
        };

    // The gravest first and the oldest of them; what is decided, the newest first.
    private static IQueryable<Report> Ordered(IQueryable<Report> reports, ReportShelf shelf, PageCursor? after)
    {
        if (shelf is ReportShelf.Decided)
            return reports
                .Where(report => report.Id < (after == null ? long.MaxValue : after.Value.Id))
                .OrderByDescending(report => report.Id);
        if (after is { Place: { } place, Id: var id })
        {
            var priority = (ReportPriority)place;
            reports = reports.Where(report =>
                report.Priority > priority || (report.Priority == priority && report.Id > id)
            );
        }
        return reports.OrderBy(report => report.Priority).ThenBy(report => report.Id);
    }
}
