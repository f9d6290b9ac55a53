using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Data;

/// <summary>
/// Lets one node at a time do a job. Its lease is renewed while the work lasts and given back when it ends, also by a
/// stop; that of a node that was killed is over within <see cref="Life"/>. Who finds it taken writes nothing.
/// </summary>
public sealed class JobLeases(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    TimeProvider clock,
    ILogger<JobLeases> log
)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Far = TimeSpan.FromHours(1);

    private readonly string holder = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}"[..^24];

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Does the work, whose token ends with the lease too; false if another node does it, or took it over.</summary>
    public async Task<bool> TryRunAsync(
        string job,
        Func<CancellationToken, Task> work,
        CancellationToken stopping = default
    )
    {
        await using var lease = await TryHoldAsync(job, stopping);
        if (lease is null)
            return false;
        try
        {
            await work(lease.Ends);
            return true;
        }
        catch (OperationCanceledException) when (lease.IsLost && !stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Null if the job is being done. Dispose it when the work has ended.</summary>
    public async Task<JobLease?> TryHoldAsync(string job, CancellationToken stopping = default)
    {
        var now = Now;
        var mine = new Lease
        {
            Job = job,
            Holder = holder,
            HoldId = Guid.NewGuid(),
            Until = now + Life,
        };
        return await TryTakeAsync(mine, now, stopping)
            ? new(ends => KeepAsync(mine, ends), () => GiveBackAsync(mine), stopping)
            : null;
    }

    public async Task<IReadOnlyList<LeaseView>> ListAsync()
    {
        await using var db = await database.CreateDbContextAsync();
        return await LeaseQueries.All(db).ToListAsync();
    }

    // Once: tried for half a minute, it would be half over.
    private async Task<bool> TryTakeAsync(Lease mine, DateTime now, CancellationToken stopping)
    {
        await using var db = await database.CreateDbContextAsync(stopping);
        // Looked at first, because an update would take the write gate.
        if (await LeaseQueries.Free(db, mine.Job, now, now + Far).AnyAsync(stopping))
            return await transactions.OnceAsync(to => TakeAsync(to, mine, now), stopping) > 0;
        return !await LeaseQueries.Of(db, mine.Job).AnyAsync(stopping)
            && await transactions.OnceAsync(to => AddAndTakeAsync(to, mine, now), stopping) > 0;
    }

    // Of two nodes at once, the second finds it taken: the condition holds for the update too.
    internal static Task<int> TakeAsync(MarketplaceDbContext db, Lease mine, DateTime now) =>
        LeaseQueries
            .Free(db, mine.Job, now, now + Far)
            .ExecuteUpdateAsync(lease =>
                lease
                    .SetProperty(l => l.Holder, mine.Holder)
                    .SetProperty(l => l.HoldId, mine.HoldId)
                    .SetProperty(l => l.Until, mine.Until)
            );

    private static async Task<int> AddAndTakeAsync(MarketplaceDbContext db, Lease mine, DateTime now)
    {
        await AddFreeAsync(db, mine.Job);
        return await TakeAsync(db, mine, now);
    }

    // Adds nothing where another node has just done so: a duplicate that is refused is logged as an error.
    internal static Task AddFreeAsync(MarketplaceDbContext db, string job)
    {
        var (nobody, none, past) = ("", Guid.Empty, DateTime.UnixEpoch);
        if (db is SqliteMarketplaceDbContext)
            return db.Database.ExecuteSqlAsync(
                $"INSERT OR IGNORE INTO Leases (Job, Holder, HoldId, Until) VALUES ({job}, {nobody}, {none}, {past})"
            );
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO Leases (Job, Holder, HoldId, Until) SELECT {job}, {nobody}, {none}, {past}
            WHERE NOT EXISTS (SELECT 1 FROM Leases WITH (UPDLOCK, HOLDLOCK) WHERE Job = {job})
            """
        );
    }

    // Returns when it is lost, or not needed any more.
    private async Task KeepAsync(Lease mine, CancellationToken ends)
    {
        for (var until = mine.Until; await IsNeededAsync(ends); )
        {
            var next = Now + Life;
            var isKept = await TryMoveAsync(mine, next, until - Now);
            if (isKept is true)
                until = next;
            else if (isKept is false || Now >= until)
            {
                log.LogWarning("{Job} is broken off: another node does it, or may", mine.Job);
                return;
            }
        }
    }

    private async Task<bool> IsNeededAsync(CancellationToken ends)
    {
        await Task.Delay(Beat, clock, ends).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !ends.IsCancellationRequested;
    }

    private async Task GiveBackAsync(Lease mine) => await TryMoveAsync(mine, Now, Beat);

    // Null if the database did not say. Once, and not for longer than somebody else has to wait for it.
    private async Task<bool?> TryMoveAsync(Lease mine, DateTime until, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, clock);
        try
        {
            return await transactions.OnceAsync(
                    db =>
                        LeaseQueries
                            .Held(db, mine.Job, mine.HoldId)
                            .ExecuteUpdateAsync(lease => lease.SetProperty(l => l.Until, until), limit.Token),
                    limit.Token
                ) > 0;
        }
        // It is over by itself; an exception here would stop the host.
        catch (Exception exception)
        {
            log.LogWarning("The lease of {Job} could not be written: {Reason}", mine.Job, exception.Message);
            return null;
        }
    }
}

/// <summary>A job that this node alone does, until disposed.</summary>
public sealed class JobLease : IAsyncDisposable
{
    private readonly CancellationTokenSource ends;
    private readonly Task keeping;
    private readonly Func<Task> giveBack;
    private bool isDisposed;

    internal JobLease(Func<CancellationToken, Task> keep, Func<Task> giveBack, CancellationToken stopping)
    {
        ends = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        this.giveBack = giveBack;
        keeping = KeepAsync(keep);
    }

    /// <summary>Ends when the process stops, and when another node may have the lease.</summary>
    public CancellationToken Ends => ends.Token;

    public bool IsLost { get; private set; }

    public async ValueTask DisposeAsync()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        await ends.CancelAsync();
        await keeping;
        ends.Dispose();
        await giveBack();
    }

    private async Task KeepAsync(Func<CancellationToken, Task> keep)
    {
        await keep(Ends);
        IsLost = !Ends.IsCancellationRequested;
        await ends.CancelAsync();
    }
}
