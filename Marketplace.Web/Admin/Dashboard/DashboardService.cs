using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Figures;
using Marketplace.Web.Realtime.Relay;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.Dashboard;

/// <summary>Figures of the site, for administrators and auditors: they contain nobody's text or name, and no look is needed.</summary>
public sealed class DashboardService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    SiteQueues queues,
    DayCounter counter,
    RelayState relay,
    TimeProvider clock
)
{
    public const int MaxDays = 90;

    /// <summary>Null without permission.</summary>
    /// <param name="days">1 to <see cref="MaxDays"/>, today included. Days are those of UTC.</param>
    public async Task<DashboardView?> FindAsync(int days)
    {
        if (await currentUser.FindReaderOfRecordAsync() is not { } reader)
            return null;
        var count = Math.Clamp(days, 1, MaxDays);
        var first = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1 - count);
        await using var db = await database.CreateDbContextAsync();
        var round = await db.FigureRounds.AsNoTracking().SingleAsync(one => one.Id == FigureRound.Only);
        return new(
            round.At == default ? null : round.At,
            [.. Enumerable.Range(0, count).Select(first.AddDays)],
            await DashboardQueries.OpenReports(db).SingleOrDefaultAsync() ?? new(0, null),
            await DashboardQueries.Unread(db, long.MaxValue).FirstOrDefaultAsync() ?? UnreadView.None,
            await queues.ReadAsync(),
            reader.IsAdministrator
        )
        {
            Nodes = relay.IsOn
                ? new(relay.Here, relay.IsUp, relay.Nodes, relay.MissedCount, relay.RepairedCount)
                : null,
            Figures = await DashboardQueries.Since(db, first).AsNoTracking().ToListAsync(),
        };
    }

    /// <summary>Counts today anew; at most every few seconds, whoever asks. False without permission.</summary>
    public async Task<bool> CountAsync()
    {
        if (await currentUser.FindReaderOfRecordAsync() is null)
            return false;
        await counter.CountAsync();
        return true;
    }
}
