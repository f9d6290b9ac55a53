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
    /// <summary>Longer than a worker may take that has none of its own.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>How soon an entry of another node, or one that becomes due, is found.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(workers.Select(worker => RunAsync(worker, stoppingToken)));

    // A slow entry takes one place, and holds up no other.
    private async Task RunAsync(IOutboxWorker worker, CancellationToken stopping)
    {
        Dictionary<long, Task> running = [];
        while (!stopping.IsCancellationRequested)
        {
            var woken = signal.Next;
            foreach (var (id, _) in running.Where(telling => telling.Value.IsCompleted).ToList())
                running.Remove(id);
            var taken = await TryTakeAsync(worker, running.Keys, stopping);
            foreach (var entry in taken)
                running[entry.Id] = TellAsync(worker, entry, stopping);
            if (running.Count >= worker.AtOnce)
                await Task.WhenAny(running.Values);
            else if (taken.Count == 0)
                await Task.WhenAny(woken, Task.Delay(Look, clock, stopping));
        }
        await Task.WhenAll(running.Values);
    }

    private async Task<IReadOnlyList<OutboxEntry>> TryTakeAsync(
        IOutboxWorker worker,
        IReadOnlyCollection<long> running,
        CancellationToken stopping
    )
    {
        try
        {
            return running.Count < worker.AtOnce ? await TakeAsync(worker, [.. running], stopping) : [];
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.LogError(exception, "The outbox could not be read; {Kind} waits", worker.Kind);
            return [];
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    // Not what this process is still telling, though its lease be over: a clock may jump.
    private async Task<IReadOnlyList<OutboxEntry>> TakeAsync(
        IOutboxWorker worker,
        long[] running,
        CancellationToken stopping
    )
    {
        var (now, lease) = (Now, Guid.NewGuid());
        await using var db = await database.CreateDbContextAsync(stopping);
        // Looked at first, because an update would take the write gate once a second.
        if (!await OutboxQueries.Due(db, worker.Kind, now).AnyAsync(stopping))
            return [];
        await transactions.InTransactionAsync(
            writing =>
                LeaseAsync(
                    OutboxQueries.Due(writing, worker.Kind, now).Where(entry => !running.Contains(entry.Id)),
                    worker.AtOnce - running.Length,
                    lease,
                    now + worker.Lease
                ),
            stopping
        );
        return await OutboxQueries.Leased(db, lease).AsNoTracking().ToListAsync(stopping);
    }

    // The longest due. Of two processes at once, the second finds them taken: the condition holds for the update too.
    private static Task<int> LeaseAsync(IQueryable<OutboxEntry> due, int limit, Guid lease, DateTime until)
    {
        var oldest = due.OrderBy(entry => entry.DueAt).ThenBy(entry => entry.Id).Take(limit);
        return due.Where(entry => oldest.Select(one => one.Id).Contains(entry.Id))
            .ExecuteUpdateAsync(entry =>
                entry
                    .SetProperty(e => e.LeaseId, lease)
                    .SetProperty(e => e.LeasedUntil, until)
                    .SetProperty(e => e.Attempts, e => e.Attempts + 1)
            );
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
        try
        {
            await EndAsync(entry, wait);
        }
        catch (Exception exception)
        {
            log.LogError(exception, "{Kind} {Key} was told, and is told again after its lease", entry.Kind, entry.Key);
        }
    }

    // Not cancelled: what has been told must not be told again after a stop.
    private Task<int> EndAsync(OutboxEntry entry, TimeSpan? wait) =>
        transactions.InTransactionAsync(async db =>
        {
            var mine = OutboxQueries.Leased(db, entry.LeaseId!.Value).Where(one => one.Id == entry.Id);
            var isDone = wait is null && await mine.Where(one => one.Touched == entry.Touched).ExecuteDeleteAsync() > 0;
            return isDone ? 0 : await AgainAsync(mine, entry.Touched, Now + (wait ?? TimeSpan.Zero));
        });

    // What was added meanwhile has said when it is due.
    private static Task<int> AgainAsync(IQueryable<OutboxEntry> mine, int touched, DateTime dueAt) =>
        mine.ExecuteUpdateAsync(entry =>
            entry
                .SetProperty(e => e.DueAt, e => e.Touched == touched ? dueAt : e.DueAt)
                .SetProperty(e => e.LeaseId, (Guid?)null)
                .SetProperty(e => e.LeasedUntil, (DateTime?)null)
        );
}
