using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Data;
using Marketplace.Web.Figures;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.Dashboard;

/// <summary>
/// Counts the days that are not counted yet, and today again every five minutes, so that no screen counts messages. One
/// node of several does it. A database without figures gets those of its last <see cref="MaxBack"/> days.
/// </summary>
public sealed class DayCounter(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    JobLeases leases,
    TimeProvider clock,
    SiteGauges gauges,
    ILogger<DayCounter> log
) : BackgroundService
{
    public static readonly TimeSpan Apart = TimeSpan.FromMinutes(5);

    /// <summary>However often somebody asks for it.</summary>
    private static readonly TimeSpan AtLeastApart = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    /// <summary>What is summed up over all files.</summary>
    private static readonly TimeSpan SizeApart = TimeSpan.FromHours(1);

    private const int MaxBack = 90;

    private DateTime sizedAt;

    /// <summary>Counts now, unless it was done within seconds or is being done.</summary>
    public Task CountAsync(CancellationToken cancellation = default) => CountAsync(AtLeastApart, cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            for (var wait = First; ; wait = Apart)
            {
                await Task.Delay(wait, clock, stoppingToken);
                await RoundAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    private async Task RoundAsync(CancellationToken stopping)
    {
        try
        {
            await CountAsync(Apart / 2, stopping);
            await gauges.ReadAsync(stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            log.LogError(exception, "The day could not be counted; the next round tries again");
        }
    }

    private Task<bool> CountAsync(TimeSpan apart, CancellationToken cancellation) =>
        leases.TryRunAsync(
            "day counter",
            async ends =>
            {
                if (await ClaimAsync(apart))
                    await CountDaysAsync(ends);
            },
            cancellation
        );

    // A round of the future is of a clock that was set back.
    private async Task<bool> ClaimAsync(TimeSpan apart)
    {
        var (now, before) = (Now, Now - apart);
        return await transactions.InTransactionAsync(db =>
                db.FigureRounds.Where(round => round.At <= before || round.At > now)
                    .ExecuteUpdateAsync(round => round.SetProperty(r => r.At, now))
            ) > 0;
    }

    private async Task CountDaysAsync(CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(Now);
        await using var db = await database.CreateDbContextAsync(cancellation);
        var (day, messages) = await BeginAsync(db, today, cancellation);
        var reports = await Days.FirstAsync(FigureQueries.Reports(db), Start(day), 0, cancellation);
        var entries = await Days.FirstAsync(FigureQueries.Entries(db), Start(day), 0, cancellation);
        for (; day <= today; day = day.AddDays(1))
        {
            var end = Start(day.AddDays(1));
            var next = (
                Messages: await Days.FirstAsync(FigureQueries.Messages(db), end, messages, cancellation),
                Reports: await Days.FirstAsync(FigureQueries.Reports(db), end, reports, cancellation),
                Entries: await Days.FirstAsync(FigureQueries.Entries(db), end, entries, cancellation)
            );
            var counts = new DayFigures(day);
            await counts.AddMessagesAsync(db, messages, next.Messages, cancellation);
            counts.Add(
                Figure.Reports,
                await FigureQueries.ReportReasons(db, reports, next.Reports).ToListAsync(cancellation)
            );
            counts.Add(Figure.Looks, await FigureQueries.Looks(db, entries, next.Entries).ToListAsync(cancellation));
            if (day == today)
                await AddNowAsync(db, counts, cancellation);
            await transactions.InTransactionAsync(counts.KeepAsync, cancellation);
            (messages, reports, entries) = next;
        }
    }

    // The last counted day may have been counted before its end.
    private static async Task<(DateOnly Day, long FirstMessage)> BeginAsync(
        MarketplaceDbContext db,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        var oldest = today.AddDays(1 - MaxBack);
        var last = await db
            .DailyFigures.Where(one => one.Figure == Figure.FirstMessage && one.Day >= oldest && one.Day <= today)
            .OrderByDescending(one => one.Day)
            .FirstOrDefaultAsync(cancellation);
        if (last is not null)
            return (last.Day, last.Value);
        var first = await Days.FirstAsync(FigureQueries.Messages(db), Start(oldest), 0, cancellation);
        var row = await FigureQueries
            .Messages(db)
            .Where(one => one.Id >= first)
            .OrderBy(one => one.Id)
            .FirstOrDefaultAsync(cancellation);
        return (row is null ? today : Min(today, DateOnly.FromDateTime(row.At)), first);
    }

    private async Task AddNowAsync(MarketplaceDbContext db, DayFigures counts, CancellationToken cancellation)
    {
        var late = Now - DashboardView.Late;
        counts.Add(Figure.Unanswered, await db.Rooms.LongCountAsync(room => room.WaitingSince <= late, cancellation));
        counts.Add(Figure.OpenReports, await ReportReviewQueries.Open(db).LongCountAsync(cancellation));
        if (Now - sizedAt < SizeApart)
            return;
        counts.Add(Figure.Database, await DatabaseSize.BytesAsync(db, cancellation));
        counts.Add(Figure.Files, await db.Files.SumAsync(file => file.Size, cancellation));
        sizedAt = Now;
    }

    private static DateOnly Min(DateOnly one, DateOnly other) => one < other ? one : other;

    private static DateTime Start(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
