using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Marketplace.Web.Data;

/// <summary>Serializes writes on SQLite, where a waiting one sleeps 150 ms on a pool thread; never reads.</summary>
public sealed class WriteGate(bool oneAtATime) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);

    public void Dispose() => gate.Dispose();

    internal async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        if (!oneAtATime)
            return new Turn(null);
        await gate.WaitAsync(cancellation);
        return new Turn(gate);
    }

    private sealed class Turn(SemaphoreSlim? gate) : IDisposable
    {
        private SemaphoreSlim? held = gate;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.Release();
    }
}

/// <summary>A health check that fails if the write gate stays closed: reads would work, but no writes.</summary>
internal sealed class WriteGateCheck(WriteGate gate) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var turn = await gate.EnterAsync(patience.Token);
            return HealthCheckResult.Healthy();
        }
        catch (OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("Writes wait for their turn.");
        }
    }
}

/// <summary>The connection was lost while the database committed: nobody knows whether the write holds.</summary>
public sealed class CommitUnknownException(Exception cause)
    : Exception($"Whether the write was committed is unknown: {cause.Message}", cause);

/// <summary>Runs a write: one context, one transaction, through the write gate.</summary>
public sealed class WriteTransactions(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteGate gate,
    TimeProvider clock,
    ILogger<WriteTransactions> log
)
{
    /// <summary>
    /// Runs <paramref name="work"/>, saves and commits; an exception rolls everything back. After a lost deadlock, a lost
    /// connection or another fault that passes, the work runs again on a new context, for half a minute. So it must be
    /// repeatable: what it makes it makes anew, and outside its context it adds to nothing. It never runs again once the
    /// commit has begun, which throws <see cref="CommitUnknownException"/>.
    /// </summary>
    public Task<T> InTransactionAsync<T>(
        Func<MarketplaceDbContext, Task<T>> work,
        CancellationToken cancellation = default
    ) => RepeatAsync(() => OnceAsync(work, cancellation), cancellation);

    /// <summary>The same without another attempt, for the journal, which can tell what it has written.</summary>
    internal async Task<T> OnceAsync<T>(
        Func<MarketplaceDbContext, Task<T>> work,
        CancellationToken cancellation = default
    )
    {
        using var turn = await gate.EnterAsync(cancellation);
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await RunAsync(
            db,
            async () =>
            {
                var result = await work(db);
                await db.SaveChangesAsync(cancellation);
                return result;
            },
            cancellation
        );
    }

    /// <summary>
    /// Once, on a context that others write to, such as Identity's stores. The work saves. Who can begin anew with another
    /// context does so in <see cref="RepeatAsync"/>.
    /// </summary>
    public async Task<T> InTransactionAsync<T>(MarketplaceDbContext db, Func<Task<T>> work)
    {
        using var turn = await gate.EnterAsync(CancellationToken.None);
        return await RunAsync(db, work, CancellationToken.None);
    }

    /// <summary>Repeats what ends in one transaction while it meets passing faults before the commit.</summary>
    public async Task<T> RepeatAsync<T>(Func<Task<T>> attempt, CancellationToken cancellation = default)
    {
        for (var patience = new WritePatience(clock); ; )
        {
            try
            {
                return await attempt();
            }
            catch (Exception exception) when (exception is not CommitUnknownException && IsTransient(exception))
            {
                if (!await patience.RestAsync(cancellation))
                    throw;
                log.LogWarning("A write is tried again: {Reason}", exception.Message);
            }
        }
    }

    private static async Task<T> RunAsync<T>(
        MarketplaceDbContext db,
        Func<Task<T>> work,
        CancellationToken cancellation
    )
    {
        db.HoldsWriteGate = true;
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var result = await work();
            await CommitAsync(transaction, cancellation);
            return result;
        }
        finally
        {
            // Contexts are pooled, and the next user does not hold the gate.
            db.HoldsWriteGate = false;
        }
    }

    private static async Task CommitAsync(IDbContextTransaction transaction, CancellationToken cancellation)
    {
        try
        {
            await transaction.CommitAsync(cancellation);
        }
        catch (Exception exception) when (IsTransient(exception))
        {
            throw new CommitUnknownException(exception);
        }
    }

    /// <summary>Whether a retry makes sense: a lock, a deadlock, a lost or slow connection.</summary>
    public static bool IsTransient(Exception exception) => TransientFaults.Passes(exception);

    /// <summary>Whether a single row may be the cause, rather than a full disk or an unwritable file.</summary>
    public static bool IsRowSpecific(Exception exception) => TransientFaults.IsRowSpecific(exception);
}
