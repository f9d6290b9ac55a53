using System.Text.Json;
using Marketplace.Web.Data.Journal;

namespace Marketplace.Web.Chat;

/// <summary>What is told to the members of a room after the commit.</summary>
internal sealed record Happening(long RoomId, IReadOnlyList<Membership> Members, object Event)
{
    /// <summary>The event as this member is told it.</summary>
    public object For(Membership member) =>
        Event is MessagePosted posted
            ? posted with
            {
                Standing = new Standing(member.Place, member.CountUnread(), member.MutedUntil),
            }
            : Event;
}

/// <summary>The work of one transaction of the <see cref="MessageJournal"/>.</summary>
/// <param name="again">
/// It may have been committed before, and the answer lost: then a message counts as repeated although nobody was told.
/// Told once too often is merged, never told is missed.
/// </param>
internal sealed class JournalBatch(
    IJournalTransaction store,
    IReadOnlyList<JournalEntry> entries,
    Func<long, Task<ListingSnapshot>> listing,
    Func<long, Task<string>> name,
    DateTime now,
    bool again
)
{
    private readonly List<(Message Message, RoomSeats Seats)> added = [];
    private readonly List<Action> answers = [];
    private readonly List<Happening> happenings = [];
    private readonly HashSet<Membership> relieved = [];
    private IReadOnlyDictionary<long, RoomSeats> rooms = new Dictionary<long, RoomSeats>();

    /// <summary>Writes; what it gives is for after the commit: what to tell everybody, then how to answer the senders.</summary>
    public async Task<(IReadOnlyList<Happening> Happenings, IReadOnlyList<Action> Answers)> WriteAsync()
    {
        rooms = await store.LockAsync([.. entries.Select(entry => entry.RoomId).Distinct().Order()]);
        await PostAsync([.. entries.OfType<Draft>()]);
        var read = await MarkAsync(entries.OfType<ReadMark>());
        foreach (var change in entries.OfType<Change>())
            await ChangeAsync(change);
        var received = added.Select(entry => entry.Seats).Distinct().ToList();
        await store.SaveAsync(
            [.. received.Select(seats => seats.Room)],
            [.. received.SelectMany(seats => seats.Members).Union(read).Union(relieved)]
        );
        return (happenings, answers);
    }

    private async Task PostAsync(IReadOnlyList<Draft> drafts)
    {
        if (drafts.Count == 0)
            return;
        var known = (await store.FindAsync([.. drafts.Select(draft => draft.Key).Distinct()])).ToDictionary(Key);
        foreach (var draft in drafts)
            await PlaceAsync(draft, known);
        await store.AddAsync(added);
        foreach (var (message, seats) in added)
            Enter(message, seats);
    }

    private async Task PlaceAsync(Draft draft, Dictionary<MessageKey, Message> known)
    {
        if (rooms.GetValueOrDefault(draft.RoomId) is not { } seats || seats.Of(draft.PersonId) is null)
        {
            answers.Add(() => draft.Complete(null));
            return;
        }
        var repeated = known.TryGetValue(draft.Key, out var message);
        if (message is null)
        {
            if (seats.Room.LastSeq == 0)
                seats.Room.Snapshot = JsonSerializer.Serialize(
                    await listing(seats.Room.ListingId),
                    JsonSerializerOptions.Web
                );
            known[draft.Key] = message = seats.Room.Receive(draft, now);
            added.Add((message, seats));
        }
        var view = await ViewAsync(message);
        answers.Add(() => draft.Complete(new SentView(view, repeated)));
        if (!repeated || again)
            happenings.Add(new Happening(draft.RoomId, seats.Members, new MessagePosted(view)));
    }

    private static void Enter(Message message, RoomSeats seats)
    {
        seats.Room.LastMessageId = message.Id;
        foreach (var member in seats.Members)
            member.Receive(seats.Room, message);
    }

    private async Task<IReadOnlyList<Membership>> MarkAsync(IEnumerable<ReadMark> marks)
    {
        var read = new List<Membership>();
        foreach (var burst in marks.GroupBy(mark => (mark.RoomId, mark.PersonId)))
        {
            var seats = rooms.GetValueOrDefault(burst.Key.RoomId);
            var seat = seats?.Of(burst.Key.PersonId);
            answers.AddRange(burst.Select(mark => new Action(() => mark.Complete(seat is not null))));
            if (seats is null || seat is null)
                continue;
            if (!await ReadAsync(seats.Room, seat, burst.Max(mark => mark.Seq)) && !again)
                continue;
            read.Add(seat);
            // Who keeps it private tells only their own other screens.
            var isPrivate = burst.All(mark => mark.IsPrivate);
            if (!isPrivate)
                seat.ToldSeq = seat.ReadSeq;
            var told = isPrivate ? [seat] : seats.Members;
            happenings.Add(new Happening(seat.RoomId, told, new RoomRead(seat.RoomId, seat.UserId, seat.ReadSeq)));
        }
        return read;
    }

    private async Task<bool> ReadAsync(Room room, Membership seat, long seq)
    {
        if (seq >= room.LastSeq)
            return seat.Read(room, room.LastSeq, room.FromBuyer, room.FromSeller);
        if (seq <= seat.ReadSeq || await MessageAtAsync(room.Id, seq) is not { } message)
            return false;
        var isNew = seat.Read(room, seq, message.FromBuyer, message.FromSeller);
        // What is deleted above the mark counts as read: there is nothing to read.
        seat.OthersRead += await store.CountDeletedAsync(room.Id, seq, seat.UserId);
        return isNew;
    }

    private async Task ChangeAsync(Change change)
    {
        var seats = rooms.GetValueOrDefault(change.RoomId);
        if (seats?.Of(change.PersonId) is null || await store.AtAsync(change.RoomId, change.Seq) is not { } message)
        {
            answers.Add(() => change.Complete(new Changed(null)));
            return;
        }
        var (body, data, deletedAt) = (message.Body, message.Data, message.DeletedAt);
        if (change.Apply(message, now) is { } problem)
        {
            answers.Add(() => change.Complete(new Changed(null, problem)));
            return;
        }
        var changed = (body, data, deletedAt) != (message.Body, message.Data, message.DeletedAt);
        if (deletedAt is null && message.DeletedAt is not null)
            Relieve(seats, message);
        if (changed)
        {
            seats.Room.Correct(message);
            await store.ChangeAsync(
                message,
                seats,
                message.Body == body
                    ? null
                    : new()
                    {
                        MessageId = message.Id,
                        Body = body,
                        Until = now,
                    }
            );
        }
        var view = await ViewAsync(message);
        answers.Add(() => change.Complete(new Changed(view)));
        if (changed || again)
            happenings.Add(new Happening(change.RoomId, seats.Members, new MessageChanged(view)));
    }

    // A message that was deleted unread is worth no number.
    private void Relieve(RoomSeats seats, Message message)
    {
        foreach (var seat in seats.Members.Where(m => m.UserId != message.SenderId && m.ReadSeq < message.Seq))
        {
            seat.OthersRead++;
            relieved.Add(seat);
            happenings.Add(new Happening(message.RoomId, [seat], new SeatChanged(message.RoomId)));
        }
    }

    private static MessageKey Key(Message message) => new(message.RoomId, message.SenderId, message.ClientId);

    private async Task<MessageView> ViewAsync(Message message) =>
        MessageView.Of(
            message,
            await name(message.SenderId),
            message.ReplyTo is { } seq && await MessageAtAsync(message.RoomId, seq) is { } answered
                ? QuoteView.Of(answered, await name(answered.SenderId))
                : null
        );

    // It may be of this very batch, and not stored yet.
    private async Task<Message?> MessageAtAsync(long roomId, long seq) =>
        added.Find(entry => entry.Message.RoomId == roomId && entry.Message.Seq == seq).Message
        ?? await store.AtAsync(roomId, seq);
}
