using Marketplace.Web.Data;
using Marketplace.Web.Figures;
using Marketplace.Web.Safety.Reports;

namespace Marketplace.Web.Admin.Dashboard;

/// <summary>Reports that wait for a decision. Times are UTC.</summary>
public sealed record OpenReportsView(long Count, DateTime? Oldest);

/// <summary>The last check of unread counts. Times are UTC.</summary>
/// <param name="EndedAt">Null if it is running, or was broken off.</param>
public sealed record UnreadView(DateTime? StartedAt, DateTime? EndedAt, long Checked, long Drifted, long Repaired)
{
    public static readonly UnreadView None = new(null, null, 0, 0, 0);
}

internal static class DashboardQueries
{
    public static IQueryable<DailyFigure> Since(MarketplaceDbContext db, DateOnly day) =>
        db.DailyFigures.Where(figure => figure.Day >= day);

    /// <summary>Those of the last day that was counted.</summary>
    public static IQueryable<DailyFigure> LastDay(MarketplaceDbContext db) =>
        db.DailyFigures.Where(figure => figure.Day == db.DailyFigures.Max(one => one.Day));

    public static IQueryable<OpenReportsView> OpenReports(MarketplaceDbContext db) =>
        from report in db.Reports
        where report.State == ReportState.Open || report.State == ReportState.Objected
        group report by 1 into all
        select new OpenReportsView(all.LongCount(), all.Min(report => report.At));

    /// <summary>Checks that ended, the newest first.</summary>
    public static IQueryable<UnreadView> Unread(MarketplaceDbContext db, long before) =>
        from check in db.UnreadChecks
        where check.Id < before && check.EndedAt != null
        orderby check.Id descending
        select new UnreadView(check.StartedAt, check.EndedAt, check.Checked, check.Drifted, check.Repaired);
}
