using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Marketplace.Web.Data;

/// <summary>
/// The one gate that every write of this process passes on SQLite: a writer that meets SQLite's own lock sleeps 150 ms
/// on a thread of the pool. On SQL Server rows are locked, and the gate stands open. No reader asks for it.
/// </summary>
public sealed class WriteGate(bool oneAtATime) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);

    public void Dispose() => gate.Dispose();

    internal Task EnterAsync(CancellationToken cancellation) =>
        oneAtATime ? gate.WaitAsync(cancellation) : Task.CompletedTask;

    internal void Leave()
    {
        if (oneAtATime)
            gate.Release();
    }
}

/// <summary>Puts the saves of others, such as Identity's stores, through the gate.</summary>
internal sealed class WriteGateInterceptor(WriteGate gate) : SaveChangesInterceptor
{
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        if (NeedsGate(eventData))
            await gate.EnterAsync(cancellationToken);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        Leave(eventData);
        return ValueTask.FromResult(result);
    }

    public override Task SaveChangesFailedAsync(
        DbContextErrorEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Leave(eventData);
        return Task.CompletedTask;
    }

    public override Task SaveChangesCanceledAsync(
        DbContextEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Leave(eventData);
        return Task.CompletedTask;
    }

    private static bool NeedsGate(DbContextEventData eventData) =>
        eventData.Context is MarketplaceDbContext { HoldsWriteGate: false };

    private void Leave(DbContextEventData eventData)
    {
        if (NeedsGate(eventData))
            gate.Leave();
    }
}

/// <summary>How a service writes: one context, one transaction, through the gate.</summary>
public sealed class Writing(IDbContextFactory<MarketplaceDbContext> database, WriteGate gate)
{
    /// <summary>Runs <paramref name="work"/>, saves and commits; nothing is written if it throws.</summary>
    public async Task<T> InTransactionAsync<T>(
        Func<MarketplaceDbContext, Task<T>> work,
        CancellationToken cancellation = default
    )
    {
        await gate.EnterAsync(cancellation);
        try
        {
            await using var db = await database.CreateDbContextAsync(cancellation);
            db.HoldsWriteGate = true;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var result = await work(db);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return result;
        }
        finally
        {
            gate.Leave();
        }
    }
}
