using System.Threading.Channels;
using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Figures;
using Marketplace.Web.Outbox;
using Marketplace.Web.Realtime;

namespace Marketplace.Web.Chat.Journal;

/// <summary>The only writer of messages and read marks. Assigns seqs in the transaction and publishes after the
/// commit. Its own thread keeps disk waits off the thread pool.</summary>
public sealed class MessageJournal(
    IJournalStore store,
    AccountStates accounts,
    Broadcaster broadcaster,
    NoticeSettings notices,
    FigureTally tally,
    TimeProvider clock,
    ILogger<MessageJournal> log
) : BackgroundService
{
    /// <summary>A few seconds' worth at some thousand messages a second.</summary>
    private const int QueueCapacity = 10_000;

    /// <summary>Beyond this the cost per message hardly falls, and the first message waits longer.</summary>
    private const int MaxBatch = 256;

    private const int MaxAttempts = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Enough to write a full queue.</summary>
    private static readonly TimeSpan LastWrites = TimeSpan.FromSeconds(4);

    private readonly Channel<JournalEntry> waiting = Channel.CreateBounded<JournalEntry>(
        new BoundedChannelOptions(QueueCapacity) { SingleReader = true }
    );

    /// <summary>Entries that are taken and not being written yet.</summary>
    public int Waiting => waiting.Reader.Count;

    /// <summary>Queues the entry; returns false if the queue is full or closed.</summary>
    public bool TryTake(JournalEntry entry)
    {
        entry.TakenAt = clock.GetTimestamp();
        return waiting.Writer.TryWrite(entry);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Accepted entries are written even if other services used up the shutdown time.
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
        // Blocking is safe: this thread does nothing else.
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
            // An entry that cannot be written must not fail the others.
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
                    new JournalBatch(
                        transaction,
                        batch,
                        accounts,
                        clock.GetUtcNow().UtcDateTime,
                        notices,
                        isRetry
                    ).WriteAsync()
                );
                // Publish first: a caller that subscribes after its answer gets no event that it has already seen.
                foreach (var one in events)
                    one.Publish(broadcaster);
                foreach (var entry in batch)
                {
                    if (entry is NewMessage)
                        tally.Delivered(clock.GetElapsedTime(entry.TakenAt));
                    entry.Complete();
                }
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
