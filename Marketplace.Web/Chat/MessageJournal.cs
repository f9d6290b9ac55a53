using System.Threading.Channels;
using Marketplace.Web.Data;
using Marketplace.Web.Realtime;

namespace Marketplace.Web.Chat;

/// <summary>
/// The one writer of messages. It takes whatever is waiting from all senders and writes it in one transaction (a group
/// commit: an idle system commits a single message at once), gives each message the next seq of its room inside that
/// transaction, and tells everybody after the commit.
/// </summary>
public sealed class MessageJournal(
    Writing writing,
    Broadcaster broadcaster,
    TimeProvider clock,
    ILogger<MessageJournal> log
) : BackgroundService
{
    /// <summary>What may wait: at some thousand messages a second, a few seconds' worth. More is refused as busy.</summary>
    private const int LongestQueue = 10_000;

    /// <summary>One commit's share of the cost is small well below this; more only delays the first of them.</summary>
    private const int LargestBatch = 256;

    private const int MostAttempts = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>A full queue is written in less.</summary>
    private static readonly TimeSpan LastWrites = TimeSpan.FromSeconds(4);

    private readonly Channel<Draft> waiting = Channel.CreateBounded<Draft>(
        new BoundedChannelOptions(LongestQueue) { SingleReader = true }
    );

    /// <summary>Hands the draft over; false if the journal has too much to do, or is closing.</summary>
    public bool TryTake(Draft draft) => waiting.Writer.TryWrite(draft);

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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var batch = new List<Draft>(LargestBatch);
        while (await waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < LargestBatch && waiting.Reader.TryRead(out var draft))
                batch.Add(draft);
            await WriteAsync(batch);
            batch.Clear();
        }
    }

    private async Task WriteAsync(IReadOnlyList<Draft> batch, bool again = false)
    {
        try
        {
            var (written, retried) = await StoreAsync(batch);
            Tell(written, again || retried);
        }
        catch (Exception exception) when (batch.Count > 1 && !Writing.IsPassing(exception))
        {
            // One that can't be written must not take the others with it.
            log.LogWarning(
                "A batch of {Count} messages is written one by one: {Reason}",
                batch.Count,
                exception.Message
            );
            foreach (var draft in batch)
                await WriteAsync([draft], again: true);
        }
        catch (Exception exception)
        {
            log.LogError(exception, "{Count} messages could not be written", batch.Count);
            foreach (var draft in batch)
                draft.Fail(exception);
        }
    }

    private async Task<(IReadOnlyList<Written> Written, bool Retried)> StoreAsync(IReadOnlyList<Draft> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var written = await writing.InTransactionAsync(db => new JournalBatch(db, batch, clock).WriteAsync());
                return (written, attempt > 1);
            }
            catch (Exception exception) when (attempt < MostAttempts && Writing.IsPassing(exception))
            {
                log.LogWarning("The journal tries again: {Reason}", exception.Message);
                await Task.Delay(Pause, clock);
            }
        }
    }

    // After a commit whose answer was lost, a message counts as repeated although nobody was told of it: told once too
    // often is merged, never told is missed.
    private void Tell(IReadOnlyList<Written> written, bool again)
    {
        foreach (var (draft, sent, members) in written)
        {
            draft.Complete(sent);
            if (!sent.Repeated || again)
                Tell(new MessagePosted(sent.Message), members);
        }
    }

    private void Tell(MessagePosted posted, IReadOnlyList<long> members)
    {
        foreach (var member in members)
            broadcaster.Publish(ChatTopics.Person(member), posted);
        broadcaster.Publish(ChatTopics.Room(posted.Message.RoomId), posted);
    }
}
