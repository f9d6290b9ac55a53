using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Dashboard;
using Marketplace.Web.Data;
using Marketplace.Web.Safety.Reports;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.Transparency;

/// <summary>The figures that are to be published each year, for administrators and auditors. They contain nobody's text or name.</summary>
public sealed class TransparencyService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    AuditRecord record,
    TimeProvider clock
)
{
    public const int FirstYear = 2026;

    public int ThisYear => clock.GetUtcNow().UtcDateTime.Year;

    /// <summary>In UTC, until now of this year; null without permission and of years that are not over or were before the site.</summary>
    public async Task<IReadOnlyList<TransparencyLine>?> FindAsync(int year) =>
        await currentUser.FindReaderOfRecordAsync() is null || year < FirstYear || year > ThisYear
            ? null
            : TransparencyReport.Of(await CountAsync(year));

    /// <summary>The same, recorded as an export.</summary>
    public async Task<IReadOnlyList<TransparencyLine>?> ExportAsync(int year)
    {
        if (await currentUser.FindReaderOfRecordAsync() is not { } me || await FindAsync(year) is not { } lines)
            return null;
        await record.WriteAsync(me.Id, new(AuditAction.FiguresExported) { Text = $"{year}" });
        return lines;
    }

    private async Task<TransparencyCounts> CountAsync(int year)
    {
        var (from, until) = (new DateOnly(year, 1, 1), new DateOnly(year + 1, 1, 1));
        await using var db = await database.CreateDbContextAsync();
        var reports = await RangeAsync(FigureQueries.Reports(db), Start(from), Start(until));
        var decisions = await RangeAsync(TransparencyQueries.Decisions(db), Start(from), Start(until));
        var entries = await RangeAsync(FigureQueries.Entries(db), Start(from), Start(until));
        // Who objects does so within months of the decision.
        var objected = await Days.FirstAsync(
            TransparencyQueries.Decisions(db),
            Start(from).AddMonths(-ObjectionService.Months),
            0,
            default
        );
        return new(
            await FigureQueries.ReportReasons(db, reports.First, reports.End).ToListAsync(),
            await TransparencyQueries.Decided(db, decisions.First, decisions.End).ToListAsync(),
            await TransparencyQueries
                .Objections(db, objected, decisions.End, Start(from), Start(until))
                .LongCountAsync(),
            await TransparencyQueries.OwnMeasures(db, entries.First, entries.End).ToListAsync(),
            await TransparencyQueries.Sums(db, from, until).ToListAsync()
        );
    }

    private static async Task<(long First, long End)> RangeAsync(
        IQueryable<DatedRow> rows,
        DateTime from,
        DateTime until
    )
    {
        var first = await Days.FirstAsync(rows, from, 0, default);
        return (first, await Days.FirstAsync(rows, until, first, default));
    }

    private static DateTime Start(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
}
