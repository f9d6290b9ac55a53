using Marketplace.Web.Data;
using Marketplace.Web.Outbox;
using Marketplace.Web.Shared.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Notifications;

/// <summary>Removes notices older than <see cref="Notice.Kept"/>.</summary>
internal sealed class NoticeSweep(
    WriteTransactions transactions,
    JobLeases leases,
    TimeProvider clock,
    ILogger<NoticeSweep> log
) : HourlyService(clock, log)
{
    /// <summary>Small enough that nobody's message waits for it.</summary>
    private const int AtOnce = 1_000;

    protected override Task<bool> DoAsync(CancellationToken stopping) =>
        leases.TryRunAsync("notice sweep", SweepAsync, stopping);

    private async Task SweepAsync(CancellationToken ends)
    {
        var until = Clock.GetUtcNow().UtcDateTime - Notice.Kept;
        while (await transactions.InTransactionAsync(db => RemoveAsync(db, until), ends) > 0)
            continue;
    }

    // The first by id are the oldest, and need no index of times.
    private static Task<int> RemoveAsync(MarketplaceDbContext db, DateTime until) =>
        db.Notices.OrderBy(notice => notice.Id).Take(AtOnce).Where(notice => notice.At < until).ExecuteDeleteAsync();
}
