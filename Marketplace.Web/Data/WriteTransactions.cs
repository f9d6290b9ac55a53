using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
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

/// <summary>Runs a write: one context, one transaction, through the write gate.</summary>
public sealed class WriteTransactions(IDbContextFactory<MarketplaceDbContext> database, WriteGate gate)
{
    /// <summary>Runs <paramref name="work"/>, saves and commits; an exception rolls everything back.</summary>
    public async Task<T> InTransactionAsync<T>(
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

    /// <summary>The same on a context that others write to, such as Identity's stores. The work saves.</summary>
    public async Task<T> InTransactionAsync<T>(MarketplaceDbContext db, Func<Task<T>> work)
    {
        using var turn = await gate.EnterAsync(CancellationToken.None);
        return await RunAsync(db, work, CancellationToken.None);
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
            await transaction.CommitAsync(cancellation);
            return result;
        }
        finally
        {
            // Contexts are pooled, and the next user does not hold the gate.
            db.HoldsWriteGate = false;
        }
    }

    /// <summary>Whether a retry makes sense: a lock, a deadlock, a lost or slow connection.</summary>
    public static bool IsTransient(Exception exception) =>
        exception.GetBaseException()
            is SqliteException { SqliteErrorCode: 5 or 6 }
                or SqlException { Number: 1205 or -2 or 233 or 64 or 53 };

    /// <summary>Whether a single row may be the cause, rather than a full disk or an unwritable file.</summary>
    public static bool IsRowSpecific(Exception exception) =>
        !IsTransient(exception)
        && exception.GetBaseException()
            is not SqliteException { SqliteErrorCode: 7 or 8 or 10 or 11 or 13 or 14 or 26 };
}
