using System.Threading.Channels;
using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Realtime;

namespace Marketplace.Web.Chat.Journal;

/// <summary>
/// The one writer of messages and read marks. It takes whatever is waiting from everybody and writes it in one transaction
/// (a group commit), gives each message the next seq of its room inside that transaction, and tells everybody after the
/// commit. It has a thread of its own: while the disk is waited for, the threads of the pool go on.
/// </summary>
public sealed class MessageJournal(
    IJournalStore store,
    AccountStates accounts,
    Broadcaster broadcaster,
    TimeProvider clock,
    ILogger<MessageJournal> log
) : BackgroundService
{
    /// <summary>What may wait: at some thousand messages a second, a few seconds' worth. More is refused as busy.</summary>
    private const int QueueCapacity = 10_000;

    /// <summary>One commit's share of the cost is small well below this; more only delays the first of them.</summary>
    private const int MaxBatch = 256;

    private const int MaxAttempts = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>A full queue is written in less.</summary>
    private static readonly TimeSpan LastWrites = TimeSpan.FromSeconds(4);

    private readonly Channel<JournalEntry> waiting = Channel.CreateBounded<JournalEntry>(
        new BoundedChannelOptions(QueueCapacity) { SingleReader = true }
    );

    /// <summary>Hands the entry over; false if the journal has too much to do, or is closing.</summary>
    public bool TryTake(JournalEntry entry) => waiting.Writer.TryWrite(entry);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What was accepted is written before the process ends, even if other parts used up the time for stopping.
        waiting.Writer.TryComplete();
        if (ExecuteTask is { } writingOut)
            await writingOut
                .WaitAsync(LastWrites, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(
            Run,
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default
        );

    private void Run()
    {
        var batch = new List<JournalEntry>(MaxBatch);
        var (last, pace) = (clock.GetTimestamp(), new JournalPace());
        // This thread has nothing else to do: it may wait for what is asynchronous.
        while (waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            WaitFor(pace.Between - clock.GetElapsedTime(last));
            while (batch.Count < MaxBatch && waiting.Reader.TryRead(out var entry))
                batch.Add(entry);
            pace.Note(batch.Count, clock.GetElapsedTime(last));
            last = clock.GetTimestamp();
            WriteAsync(batch).GetAwaiter().GetResult();
            batch.Clear();
        }
    }

    // A full batch waits for nobody. The thread that sleeps is the journal's own.
    private void WaitFor(TimeSpan rest)
    {
        if (rest > TimeSpan.Zero && waiting.Reader.Count < MaxBatch)
            Thread.Sleep(TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)));
    }

    private async Task WriteAsync(IReadOnlyList<JournalEntry> batch, bool again = false)
    {
        try
        {
            await StoreAsync(batch, again);
        }
        catch (Exception exception) when (batch.Count > 1 && WriteTransactions.IsRowSpecific(exception))
        {
            // One that can't be written must not take the others with it.
            log.LogWarning("A batch of {Count} is written one by one: {Reason}", batch.Count, exception.Message);
            foreach (var entry in batch)
                await WriteAsync([entry], again: true);
        }
        catch (Exception exception)
        {
            log.LogError(exception, "{Count} entries could not be written", batch.Count);
            foreach (var entry in batch)
                entry.Fail(exception);
        }
    }

    private async Task StoreAsync(IReadOnlyList<JournalEntry> batch, bool again)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var isRetry = again || attempt > 1;
                var events = await store.InTransactionAsync(transaction =>
                    new JournalBatch(transaction, batch, accounts, clock.GetUtcNow().UtcDateTime, isRetry).WriteAsync()
                );
                // In this order: who has been answered, and looks from then on, is told nothing that they have seen.
                foreach (var one in events)
                    one.Publish(broadcaster);
                foreach (var entry in batch)
                    entry.Complete();
                return;
            }
            catch (Exception exception) when (attempt < MaxAttempts && WriteTransactions.IsTransient(exception))
            {
                log.LogWarning("The journal tries again: {Reason}", exception.Message);
                await Task.Delay(Pause, clock);
            }
        }
    }
}
