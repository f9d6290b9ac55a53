using System.Text;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.Audit;

/// <summary>Writes a checkpoint of the record after 15 minutes or 1,000 entries of all nodes, if there is anything new.</summary>
public sealed class AuditCheckpoints(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    JobLeases leases,
    AuditSettings settings,
    SigningKey key,
    IHttpClientFactory clients,
    TimeProvider clock,
    ILogger<AuditCheckpoints> log
) : BackgroundService
{
    public static readonly TimeSpan Apart = TimeSpan.FromMinutes(15);

    public const int MaxBetween = 1_000;

    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);

    private (long Size, DateTime At) last;

    // Awaited before the first request.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await transactions.InTransactionAsync(AuditRecord.ChainEarlierAsync, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await TryAsync(LookAsync, stoppingToken);
            while (true)
            {
                await Task.Delay(Round, clock, stoppingToken);
                await TryAsync(WriteAsync, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    // Tried again in the next round; an exception here would stop the host.
    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        try
        {
            await work(cancellation);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            log.LogError("No checkpoint of the administrators' record: {Reason}", exception.Message);
        }
    }

    // A database that was put back to an earlier state lacks what its checkpoints know.
    private async Task LookAsync(CancellationToken cancellation)
    {
        var head = await HeadAsync(cancellation);
        last = (head.Size, clock.GetUtcNow().UtcDateTime);
        if (settings.Anchor.File is not { } file)
        {
            last.Size = Math.Min(head.Size, (await MarkAsync(cancellation)).Size);
            return;
        }
        if (!File.Exists(file))
        {
            last.Size = 0;
            return;
        }
        var known = File.ReadLines(file).Select(AuditCheckpoint.Read).LastOrDefault(one => one is not null);
        last.Size = known?.Size ?? 0;
        if (known?.Size > head.Size)
            log.LogCritical(
                "The administrators' record has {Size} entries, but a checkpoint of {At:O} knows {Known}: see scripts/verify-audit",
                head.Size,
                known.At,
                known.Size
            );
    }

    private async Task WriteAsync(CancellationToken cancellation)
    {
        if (await FindDueAsync(cancellation) is not null)
            await leases.TryRunAsync("checkpoints", WriteDueAsync, cancellation);
    }

    private async Task WriteDueAsync(CancellationToken cancellation)
    {
        // Another node may have just written it.
        if (await FindDueAsync(cancellation) is not { } head)
            return;
        var now = clock.GetUtcNow().UtcDateTime;
        await KeepAsync(AuditCheckpoint.Of(head, now, key), cancellation);
        last = (head.Size, now);
        await transactions.InTransactionAsync(
            db =>
                db.AuditMarks.ExecuteUpdateAsync(mark =>
                    mark.SetProperty(m => m.Size, head.Size).SetProperty(m => m.At, now)
                ),
            cancellation
        );
    }

    private async Task<AuditHead?> FindDueAsync(CancellationToken cancellation)
    {
        var (head, mark) = (await HeadAsync(cancellation), await MarkAsync(cancellation));
        var now = clock.GetUtcNow().UtcDateTime;
        // A mark that cannot be must not keep the record from being signed.
        if (mark.At > last.At && mark.At <= now + Round && mark.Size <= head.Size)
            last = (mark.Size, mark.At);
        var isDue = now - last.At >= Apart || head.Size - last.Size >= MaxBetween;
        return head.Size > last.Size && isDue ? head : null;
    }

    private Task KeepAsync(AuditCheckpoint checkpoint, CancellationToken cancellation) =>
        settings.Anchor switch
        {
            { File: { } file } => AppendAsync(file, checkpoint.Line(), cancellation),
            { Url: { } url } => PostAsync(url, checkpoint, cancellation),
            _ => SayAsync(checkpoint),
        };

    private static async Task AppendAsync(string file, string line, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellation);
        stream.Flush(flushToDisk: true);
    }

    private async Task PostAsync(Uri url, AuditCheckpoint checkpoint, CancellationToken cancellation)
    {
        using var client = clients.CreateClient();
        using var answer = await client.PostAsJsonAsync(url, checkpoint, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    private Task SayAsync(AuditCheckpoint checkpoint)
    {
        log.LogInformation("Checkpoint of the administrators' record: {Checkpoint}", checkpoint.Line());
        return Task.CompletedTask;
    }

    private async Task<AuditHead> HeadAsync(CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await db.AuditHeads.AsNoTracking().SingleAsync(cancellation);
    }

    private async Task<AuditMark> MarkAsync(CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await db.AuditMarks.AsNoTracking().SingleAsync(cancellation);
    }
}
