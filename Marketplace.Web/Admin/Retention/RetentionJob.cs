using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Chat.Retention;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.Retention;

/// <summary>
/// Once a day takes away what is older than the settings allow, in small batches with a rest in between, so that nobody
/// waits for it. One node does it, and how far it is stands in its <see cref="RetentionRun"/>.
/// </summary>
public sealed class RetentionJob(
    RetentionSettings settings,
    MessagePurge messages,
    PicturePurge pictures,
    AuditCutter record,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    JobLeases leases,
    TimeProvider clock,
    ILogger<RetentionJob> log
) : BackgroundService
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Look = TimeSpan.FromHours(1);
    private static readonly TimeSpan Apart = TimeSpan.FromDays(1);

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>A round, unless one is running or there was one today. Null if there was none to do.</summary>
    public async Task<RetentionRun?> RunAsync(CancellationToken cancellation = default)
    {
        RetentionRun? run = null;
        if (!settings.IsEmpty && await IsDueAsync(cancellation))
            await leases.TryRunAsync("retention", async ends => run = await RunDueAsync(ends), cancellation);
        return run;
    }

    private async Task<RetentionRun?> RunDueAsync(CancellationToken cancellation)
    {
        // Another node may have just done it.
        if (!await IsDueAsync(cancellation))
            return null;
        var run = await transactions.InTransactionAsync(BeginAsync, cancellation);
        // Pictures of messages that go are not looked at twice.
        if (run.MessagesBefore is { } old)
            await GoAsync(run, messages.PurgeAsync(old, cancellation), gone => run.Messages += gone, cancellation);
        if (run.PicturesBefore is { } seen)
            await GoAsync(run, pictures.PurgeAsync(seen, cancellation), gone => run.Pictures += gone, cancellation);
        if (run.EntriesBefore is { } done)
            await GoAsync(run, record.CutAsync(done, cancellation), gone => run.Entries += gone, cancellation);
        run.EndedAt = Now;
        await KeepAsync(run, cancellation);
        return run;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            for (var wait = First; !settings.IsEmpty; wait = Look)
            {
                await Task.Delay(wait, clock, stoppingToken);
                await TryAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    private async Task TryAsync(CancellationToken stopping)
    {
        try
        {
            await RunAsync(stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            log.LogError(exception, "What is too old could not be taken away; another round goes on from there");
        }
    }

    // One that did not end was broken off, unless its node has the lease.
    private async Task<bool> IsDueAsync(CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var last = await db
            .RetentionRuns.AsNoTracking()
            .OrderByDescending(run => run.Id)
            .FirstOrDefaultAsync(cancellation);
        return last is null or { EndedAt: null } || last.StartedAt <= Now - Apart;
    }

    private Task<RetentionRun> BeginAsync(MarketplaceDbContext db)
    {
        var now = Now;
        var mine = new RetentionRun
        {
            StartedAt = now,
            SeenAt = now,
            MessagesBefore = now - settings.Messages,
            PicturesBefore = now - settings.Pictures,
            EntriesBefore = now - settings.Audit,
        };
        db.RetentionRuns.Add(mine);
        return Task.FromResult(mine);
    }

    private async Task GoAsync(
        RetentionRun run,
        IAsyncEnumerable<int> batches,
        Action<int> count,
        CancellationToken cancellation
    )
    {
        await foreach (var gone in batches.WithCancellation(cancellation))
        {
            count(gone);
            if (Now - run.SeenAt >= Beat)
                await KeepAsync(run, cancellation);
            await Task.Delay(Rest, cancellation);
        }
    }

    private Task<int> KeepAsync(RetentionRun run, CancellationToken cancellation)
    {
        run.SeenAt = Now;
        return transactions.InTransactionAsync(
            db =>
            {
                db.RetentionRuns.Update(run);
                return Task.FromResult(0);
            },
            cancellation
        );
    }
}
