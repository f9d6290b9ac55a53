using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Outbox;

/// <summary>
/// Gives due entries to their workers, each kind in a loop of its own, so that a slow mail server holds up mails alone.
/// An entry is leased: if this process is killed, another takes it over when the lease has run out.
/// </summary>
public sealed class OutboxDispatcher(
    IEnumerable<IOutboxWorker> workers,
    OutboxSignal signal,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    TimeProvider clock,
    ILogger<OutboxDispatcher> log
) : BackgroundService
{
    /// <summary>Longer than any worker may take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>How soon an entry of another node, or one that becomes due, is found.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(workers.Select(worker => RunAsync(worker, stoppingToken)));

    private async Task RunAsync(IOutboxWorker worker, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var woken = signal.Next;
            if (await TryRoundAsync(worker, stopping) == 0)
                await Task.WhenAny(woken, Task.Delay(Look, clock, stopping));
        }
    }

    private async Task<int> TryRoundAsync(IOutboxWorker worker, CancellationToken stopping)
    {
        try
        {
            return await RoundAsync(worker, stopping);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.LogError(exception, "The outbox could not be read; {Kind} waits", worker.Kind);
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }

    private async Task<int> RoundAsync(IOutboxWorker worker, CancellationToken stopping)
    {
        var taken = await TakeAsync(worker, stopping);
        await Task.WhenAll(taken.Select(entry => TellAsync(worker, entry, stopping)));
        return taken.Count;
    }

    private async Task<IReadOnlyList<OutboxEntry>> TakeAsync(IOutboxWorker worker, CancellationToken stopping)
    {
        var (now, lease) = (Now, Guid.NewGuid());
        await using var db = await database.CreateDbContextAsync(stopping);
        // Looked at first, because an update would take the write gate once a second.
        if (!await OutboxQueries.Due(db, worker.Kind, now).AnyAsync(stopping))
            return [];
        await transactions.InTransactionAsync(
            writing => OutboxQueries.LeaseAsync(writing, worker.Kind, worker.AtOnce, lease, now, now + Lease),
            stopping
        );
        return await OutboxQueries.Leased(db, lease).AsNoTracking().ToListAsync(stopping);
    }

    private async Task TellAsync(IOutboxWorker worker, OutboxEntry entry, CancellationToken stopping)
    {
        TimeSpan? wait;
        try
        {
            wait = await worker.TellAsync(entry, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Due at once for whoever comes next.
            wait = TimeSpan.Zero;
        }
        catch (Exception exception)
        {
            log.LogError(exception, "{Kind} {Key} failed and is tried again", entry.Kind, entry.Key);
            wait = AfterFailure;
        }
        await EndAsync(entry, wait);
    }

    // Not cancelled: what has been told must not be told again after a stop.
    private Task<int> EndAsync(OutboxEntry entry, TimeSpan? wait) =>
        transactions.InTransactionAsync(db =>
        {
            var mine = OutboxQueries.Leased(db, entry.LeaseId!.Value).Where(one => one.Id == entry.Id);
            return wait is { } time ? AgainAsync(mine, Now + time) : mine.ExecuteDeleteAsync();
        });

    private static Task<int> AgainAsync(IQueryable<OutboxEntry> mine, DateTime dueAt) =>
        mine.ExecuteUpdateAsync(entry =>
            entry
                .SetProperty(e => e.DueAt, dueAt)
                .SetProperty(e => e.LeaseId, (Guid?)null)
                .SetProperty(e => e.LeasedUntil, (DateTime?)null)
        );
}
