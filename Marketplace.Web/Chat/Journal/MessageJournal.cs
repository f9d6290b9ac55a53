using System.Threading.Channels;
using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Figures;
using Marketplace.Web.Outbox;
using Marketplace.Web.Realtime;
using Marketplace.Web.Shared;

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

    /// <summary>Enough to write a full queue.</summary>
    private static readonly TimeSpan LastWrites = TimeSpan.FromSeconds(4);

    private readonly LockedRooms locked = new(clock);
    private readonly UntoldWrites untold = new();

    private readonly Channel<JournalEntry> waiting = Channel.CreateBounded<JournalEntry>(
        new BoundedChannelOptions(QueueCapacity) { SingleReader = true }
    );

    /// <summary>Entries that are taken and not being written yet.</summary>
    public int Waiting => waiting.Reader.Count;

    /// <summary>Queues the entry; returns false if the queue is full or closed.</summary>
    public bool TryTake(JournalEntry entry)
    {
        entry.TakenAt = clock.GetTimestamp();
        entry.Trace = SiteTraces.Here;
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
        while (WaitForEntries())
        {
            WaitFor(pace.Between - clock.GetElapsedTime(last));
            if (locked.Take(MaxBatch) is { Count: > 0 } unlocked)
                WriteAsync(unlocked).GetAwaiter().GetResult();
            while (batch.Count < MaxBatch && waiting.Reader.TryRead(out var entry))
                if (!locked.TryQueue(entry))
                    batch.Add(entry);
            pace.Note(batch.Count, clock.GetElapsedTime(last));
            last = clock.GetTimestamp();
            if (batch.Count > 0)
                WriteAsync(batch).GetAwaiter().GetResult();
            batch.Clear();
        }
    }

    // Blocking is safe: this thread does nothing else.
    private bool WaitForEntries()
    {
        var more = waiting.Reader.WaitToReadAsync().AsTask();
        if (locked.IsEmpty)
            return more.GetAwaiter().GetResult();
        // After the last entry there is nothing to wait for but time.
        if (more.Wait(locked.Rest) && !more.Result)
            Thread.Sleep(locked.Rest);
        return true;
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
        catch (RoomsLockedException exception)
        {
            await StandAsideAsync(batch, exception, again);
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
            Fail(batch, exception);
        }
    }

    private async Task StandAsideAsync(IReadOnlyList<JournalEntry> batch, RoomsLockedException exception, bool again)
    {
        var others = locked.Put(batch, exception);
        if (others.Count == batch.Count)
        {
            Fail(batch, exception);
            return;
        }
        log.LogWarning("{Count} entries stand aside: {Reason}", batch.Count - others.Count, exception.Message);
        if (others.Count > 0)
            await WriteAsync(others, again);
    }

    private void Fail(IReadOnlyList<JournalEntry> batch, Exception exception)
    {
        log.LogError(exception, "{Count} entries could not be written", batch.Count);
        foreach (var entry in batch)
        {
            untold.Note(entry);
            entry.Fail(exception);
        }
    }

    private async Task StoreAsync(IReadOnlyList<JournalEntry> batch, bool again)
    {
        for (var patience = new WritePatience(clock); ; again = true)
        {
            try
            {
                var mayBeUntold = again;
                var events = await store.InTransactionAsync(transaction =>
                    new JournalBatch(
                        transaction,
                        batch,
                        accounts,
                        clock.GetUtcNow().UtcDateTime,
                        notices,
                        entry => mayBeUntold || untold.Concern(entry)
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
            catch (Exception exception) when (WriteTransactions.IsTransient(exception))
            {
                log.LogWarning("The journal tries again: {Reason}", exception.Message);
                if (!await patience.RestAsync())
                    throw;
            }
        }
    }
}
