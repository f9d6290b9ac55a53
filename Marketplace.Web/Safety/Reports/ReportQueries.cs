using Marketplace.Web.Data;

namespace Marketplace.Web.Safety.Reports;

/// <summary>What somebody is about to report.</summary>
/// <param name="OpenId">Their report of it that is open already.</param>
public sealed record ReportOfferView(ReportKind Kind, string PersonName, string? Excerpt, long? OpenId)
{
    public string PersonName
    {
        get => Shared.PersonName.Of(field);
    } = PersonName;
}

/// <param name="IsNew">False if the same person's report of the same thing was open already.</param>
public sealed record SentReportView(long Id, bool IsNew);

/// <summary>A report, for the person who made it. Times are UTC.</summary>
public sealed record ReceiptView(
    long Id,
    ReportKind Kind,
    ReportReason Reason,
    string? Text,
    string PersonName,
    DateTime At,
    ReportState State,
    ReportOutcome? Outcome,
    string? Answer,
    DateTime? DecidedAt
)
{
    public string PersonName
    {
        get => Shared.PersonName.Of(field);
    } = PersonName;
}

/// <summary>What was decided, for the person it is about: neither who reported nor who decided. Times are UTC.</summary>
public sealed record DecidedView(
    long Id,
    ReportKind Kind,
    string? Excerpt,
    ReportState State,
    IReadOnlyList<DecidedLineView> Decisions,
    string? Objection,
    DateTime? ObjectedAt,
    bool CanObject
);

public sealed record KeptEvidence(long ReportId, string Json);

public sealed record DecidedLineView(ReportOutcome Outcome, HouseRule? Rule, string? ToPerson, DateTime At);

internal static class ReportQueries
{
    /// <param name="id">Of one of them; null for all.</param>
    public static IQueryable<ReceiptView> Of(MarketplaceDbContext db, long reporterId, long? id = null) =>
        from report in db.Reports
        where report.ReporterId == reporterId && !report.IsOwnInitiative && (id == null || report.Id == id)
        join person in db.Users on report.PersonId equals person.Id
        let last = db
            .ReportDecisions.Where(decision => decision.ReportId == report.Id)
            .OrderByDescending(decision => decision.Id)
            .FirstOrDefault()
        orderby report.Id descending
        select new ReceiptView(
            report.Id,
            report.Kind,
            report.Reason,
            report.Text,
            person.DisplayName,
            report.At,
            report.State,
            last == null ? null : last.Outcome,
            last == null ? null : last.ToReporter,
            last == null ? null : last.At
        );

    /// <summary>The evidence that is kept of a person's own reports, in their order.</summary>
    /// <param name="id">Of one of them; null for all.</param>
    public static IQueryable<KeptEvidence> Evidence(MarketplaceDbContext db, long reporterId, long? id = null) =>
        from report in db.Reports
        where report.ReporterId == reporterId && !report.IsOwnInitiative && (id == null || report.Id == id)
        where report.Evidence != null
        orderby report.Id
        select new KeptEvidence(report.Id, report.Evidence!);

    /// <summary>Those on which something was decided against the person.</summary>
    public static IQueryable<Report> Against(MarketplaceDbContext db, long personId) =>
        from report in db.Reports
        where report.PersonId == personId
        where db.ReportDecisions.Any(one => one.ReportId == report.Id && one.Outcome != ReportOutcome.NoInfringement)
        select report;

    /// <summary>What was decided against the person, and what they said to it.</summary>
    public static IQueryable<object> About(MarketplaceDbContext db, long personId) =>
        from report in Against(db, personId)
        orderby report.Id
        select new
        {
            report.Id,
            report.Kind,
            report.Objection,
            report.ObjectedAt,
            Decisions = db
                .ReportDecisions.Where(one => one.ReportId == report.Id)
                .OrderBy(one => one.Id)
                .Select(one => new DecidedLineView(one.Outcome, one.Rule, one.ToPerson, one.At))
                .ToList(),
        };

    public static IQueryable<DecidedLineView> Decisions(MarketplaceDbContext db, long reportId) =>
        from decision in db.ReportDecisions
        where decision.ReportId == reportId
        orderby decision.Id
        select new DecidedLineView(decision.Outcome, decision.Rule, decision.ToPerson, decision.At);

    public static IQueryable<long> Open(MarketplaceDbContext db, long reporterId, ReportTarget target)
    {
        var key = target.Key;
        return db
            .Reports.Where(report => report.ReporterId == reporterId && report.OpenTarget == key)
            .Select(report => report.Id);
    }
}
