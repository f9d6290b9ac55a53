using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Dashboard;
using Marketplace.Web.Data;
using Marketplace.Web.Figures;
using Marketplace.Web.Safety.Reports;

namespace Marketplace.Web.Admin.Transparency;

/// <param name="Before">What was decided on the report before; null of a first decision.</param>
internal sealed record DecidedRow(
    DateTime ReportedAt,
    DateTime? ObjectedAt,
    DateTime At,
    ReportOutcome Outcome,
    HouseRule? Rule,
    bool IsOwnInitiative,
    ReportOutcome? Before
);

internal sealed record MeasureCount(AuditAction Action, long Count);

internal sealed record FigureSum(Figure Figure, long Sum);

/// <summary>Counts a range of ids: <c>first</c> belongs to it, <c>end</c> does not.</summary>
internal static class TransparencyQueries
{
    public static IQueryable<DatedRow> Decisions(MarketplaceDbContext db) =>
        db.ReportDecisions.Select(decision => new DatedRow { Id = decision.Id, At = decision.At });

    public static IQueryable<DecidedRow> Decided(MarketplaceDbContext db, long first, long end) =>
        from decision in db.ReportDecisions
        where decision.Id >= first && decision.Id < end
        join report in db.Reports on decision.ReportId equals report.Id
        orderby decision.Id
        select new DecidedRow(
            report.At,
            report.ObjectedAt,
            decision.At,
            decision.Outcome,
            decision.Rule,
            report.IsOwnInitiative,
            db.ReportDecisions.Where(earlier => earlier.ReportId == report.Id && earlier.Id < decision.Id)
                .OrderByDescending(earlier => earlier.Id)
                .Select(earlier => (ReportOutcome?)earlier.Outcome)
                .FirstOrDefault()
        );

    /// <summary>Reports that were objected to in this time, of those decided on in the range.</summary>
    public static IQueryable<long> Objections(
        MarketplaceDbContext db,
        long first,
        long end,
        DateTime begin,
        DateTime until
    ) =>
        (
            from decision in db.ReportDecisions
            where decision.Id >= first && decision.Id < end
            join report in db.Reports on decision.ReportId equals report.Id
            where report.ObjectedAt >= begin && report.ObjectedAt < until
            select report.Id
        ).Distinct();

    /// <summary>
    /// Suspensions and closed rooms that no report led to. A suspension that follows from one is recorded in the same
    /// transaction, right before the decision.
    /// </summary>
    public static IQueryable<MeasureCount> OwnMeasures(MarketplaceDbContext db, long first, long end) =>
        from entry in db.AuditEntries
        where entry.Id >= first && entry.Id < end && !entry.IsRefused
        where entry.Action == AuditAction.PersonSuspended || entry.Action == AuditAction.RoomLocked
        where
            !db.AuditEntries.Any(next =>
                next.PersonId == entry.PersonId
                && next.Id > entry.Id
                && next.Number == entry.Number + 1
                && next.Action == AuditAction.ReportDecided
            )
        group entry by entry.Action into same
        select new MeasureCount(same.Key, same.LongCount());

    public static IQueryable<FigureSum> Sums(MarketplaceDbContext db, DateOnly begin, DateOnly until) =>
        from figure in db.DailyFigures
        where figure.Day >= begin && figure.Day < until
        where
            figure.Figure == Figure.CoachShown
            || figure.Figure == Figure.CautionShown
            || figure.Figure == Figure.CoachWrong
            || figure.Figure == Figure.CautionWrong
        group figure by figure.Figure into same
        select new FigureSum(same.Key, same.Sum(one => one.Value));
}
