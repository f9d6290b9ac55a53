using System.Text.Json;
using System.Threading.Channels;
using Marketplace.Web.Data;
using Marketplace.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat;

/// <summary>A message on its way into the journal; its sender has been authorised and its text checked.</summary>
public sealed record Draft(
    long RoomId,
    long SenderId,
    string SenderName,
    Guid ClientId,
    string Body,
    ListingSnapshot? Seen
)
{
    private readonly TaskCompletionSource<SentView> stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes after the commit; fails if this message could not be written.</summary>
    public Task<SentView> Stored => stored.Task;

    public void Complete(SentView sent) => stored.TrySetResult(sent);

    public void Fail(Exception reason) => stored.TrySetException(reason);
}

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
            Tell(await StoreAsync(batch), again);
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

    private async Task<IReadOnlyList<Written>> StoreAsync(IReadOnlyList<Draft> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await writing.InTransactionAsync(db => new Batch(db, batch, clock).WriteAsync());
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

    private sealed record Written(Draft Draft, SentView Sent, IReadOnlyList<long> Members);

    /// <summary>The work of one transaction.</summary>
    private sealed class Batch(MarketplaceDbContext db, IReadOnlyList<Draft> drafts, TimeProvider clock)
    {
        private readonly long[] roomIds = [.. drafts.Select(draft => draft.RoomId).Distinct().Order()];

        public async Task<IReadOnlyList<Written>> WriteAsync()
        {
            // Takes the rooms' row locks first, so that another process can't give the same places (SQL Server; on
            // SQLite the transaction itself is the lock).
            await db
                .Rooms.Where(room => roomIds.Contains(room.Id))
                .ExecuteUpdateAsync(room => room.SetProperty(r => r.LastSeq, r => r.LastSeq));
            var rooms = await db.Rooms.Where(room => roomIds.Contains(room.Id)).ToDictionaryAsync(room => room.Id);
            var members = (
                await db.Memberships.Where(member => roomIds.Contains(member.RoomId)).ToListAsync()
            ).ToLookup(member => member.RoomId);
            var known = await KnownAsync();
            var placed = drafts.Select(draft => (draft, Place(draft, rooms[draft.RoomId], known))).ToList();
            await db.SaveChangesAsync();
            foreach (var (_, (message, repeated)) in placed.Where(entry => !entry.Item2.Repeated))
                Enter(message, rooms[message.RoomId], members[message.RoomId]);
            return
            [
                .. placed.Select(entry => new Written(
                    entry.draft,
                    new SentView(View(entry.Item2.Message, entry.draft.SenderName), entry.Item2.Repeated),
                    [.. members[entry.draft.RoomId].Select(member => member.UserId)]
                )),
            ];
        }

        private async Task<Dictionary<(long, long, Guid), Message>> KnownAsync()
        {
            var clientIds = drafts.Select(draft => draft.ClientId).Distinct().ToArray();
            var known = await db
                .Messages.AsNoTracking()
                .Where(message => roomIds.Contains(message.RoomId) && clientIds.Contains(message.ClientId))
                .ToListAsync();
            return known.ToDictionary(message => (message.RoomId, message.SenderId, message.ClientId));
        }

        private (Message Message, bool Repeated) Place(
            Draft draft,
            Room room,
            Dictionary<(long, long, Guid), Message> known
        )
        {
            var key = (draft.RoomId, draft.SenderId, draft.ClientId);
            if (known.TryGetValue(key, out var first))
                return (first, true);
            if (room.LastSeq == 0 && draft.Seen is { } seen)
                room.Snapshot = JsonSerializer.Serialize(seen, JsonSerializerOptions.Web);
            var message = room.Receive(draft.SenderId, draft.ClientId, draft.Body, clock.GetUtcNow().UtcDateTime);
            db.Messages.Add(message);
            known[key] = message;
            return (message, false);
        }

        private static void Enter(Message message, Room room, IEnumerable<Membership> members)
        {
            room.LastMessageId = message.Id;
            foreach (var member in members)
                member.Receive(message);
        }

        private static MessageView View(Message message, string senderName) =>
            new(
                message.RoomId,
                message.Seq,
                message.Rev,
                message.ClientId,
                message.SenderId,
                senderName,
                message.Kind,
                message.Body,
                message.SentAt
            );
    }
}
