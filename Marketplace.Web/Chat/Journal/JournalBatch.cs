using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Files;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Journal;

/// <param name="mayBeUntold">May have committed; publish anyway: receivers drop duplicates but cannot see losses.</param>
internal sealed class JournalBatch(
    IJournalTransaction store,
    IReadOnlyList<JournalEntry> entries,
    AccountStates accounts,
    DateTime now,
    NoticeSettings notices,
    Predicate<JournalEntry> mayBeUntold
)
{
    private readonly List<(Message Message, RoomMembers InRoom)> added = [];
    private readonly HashSet<Membership> relieved = [];
    private readonly List<JournalEvent> events = [];
    private IReadOnlyDictionary<long, RoomMembers> rooms = new Dictionary<long, RoomMembers>();

    /// <summary>Writes the batch and returns the events to publish after the commit, in this order.</summary>
    public async Task<IReadOnlyList<JournalEvent>> WriteAsync()
    {
        var moves = await RoomsMoves.FindAsync(store, entries);
        rooms = await store.LockAsync([
            .. entries.Select(entry => entry.RoomId).Concat(moves.RoomIds).Where(id => id > 0).Distinct().Order(),
        ]);
        var lines = await moves.MakeAsync(store, rooms, now, mayBeUntold, events);
        await PostAsync([.. entries.OfType<NewMessage>(), .. lines]);
        var read = await MarkAsync(entries.OfType<ReadMark>());
        foreach (var change in entries.OfType<Change>())
            await ChangeAsync(change);
        var received = added.Select(entry => entry.InRoom).Distinct().ToList();
        await store.SaveAsync(
            [.. received.Select(inRoom => inRoom.Room)],
            [.. received.SelectMany(inRoom => inRoom.Members).Union(read).Union(relieved)]
        );
        return events;
    }

    private async Task PostAsync(IReadOnlyList<NewMessage> newMessages)
    {
        if (newMessages.Count == 0)
            return;
        // Others wait for the rooms that are locked.
        var people =
            from id in newMessages.Select(one => one.RoomId).Distinct()
            from member in rooms.GetValueOrDefault(id)?.Members ?? []
            select member.UserId;
        await accounts.KnowAsync(people);
        var known = (
            await store.FindAsync([.. newMessages.Select(newMessage => newMessage.Key).Distinct()])
        ).ToDictionary(Key);
        foreach (var newMessage in newMessages)
            await PlaceAsync(newMessage, known);
        await store.AddAsync(added);
        foreach (var (message, inRoom) in added)
            Enter(message, inRoom);
        if (notices.IsOn && added.Count > 0)
            await store.NotifyAsync([.. added.SelectMany(Notices)]);
    }

    private static IEnumerable<Notice> Notices((Message Message, RoomMembers InRoom) entry) =>
        from member in entry.InRoom.Members
        where member.UserId != entry.Message.ShownSenderId
        select new Notice
        {
            PersonId = member.UserId,
            Kind = entry.Message.Kind.Notice(),
            RoomId = entry.Message.RoomId,
            ListingId = entry.InRoom.Room.ListingId,
            Seq = entry.Message.Seq,
            Data = MessageData.Parse(entry.Message.Data)?.Deal?.Mark,
            At = entry.Message.SentAt,
        };

    private async Task PlaceAsync(NewMessage newMessage, Dictionary<MessageKey, Message> known)
    {
        var byMember = newMessage.Kind is not MessageKind.Administration;
        if (
            rooms.GetValueOrDefault(newMessage.RoomId) is not { } inRoom
            || (byMember && inRoom.Of(newMessage.PersonId) is null)
        )
        {
            newMessage.Keep(new Posted(null));
            return;
        }
        var repeated = known.TryGetValue(newMessage.Key, out var message);
        if (message is null)
        {
            var (data, problem) = await CheckAsync(newMessage, inRoom.Room);
            if (problem is not null)
            {
                newMessage.Keep(new Posted(null, problem));
                return;
            }
            known[newMessage.Key] = message = await ReceiveAsync(newMessage, data, inRoom);
            if (newMessage.Within is { } within)
                await within(store.Context);
            if (newMessage.Doubt is { } doubt)
                await RoomRisk.RaiseAsync(store.Context, doubt, message, inRoom.Room);
        }
        var view = await ViewAsync(message);
        newMessage.Keep(new Posted(new SentView(view, repeated)));
        if (!repeated || mayBeUntold(newMessage))
            events.Add(new RoomEvent(newMessage.RoomId, inRoom.Members, new MessagePosted(view), newMessage.Trace));
    }

    // New messages only: a repeated one has claimed its pictures, and its quoted message may be purged.
    private async Task<(MessageData? Data, string? Problem)> CheckAsync(NewMessage newMessage, Room room)
    {
        if (newMessage.ReplyTo > room.LastSeq)
            return (null, "Message.NothingToAnswer");
        // What became of a deal is told whatever the room allows: it has become so.
        if (newMessage.Kind is MessageKind.Administration or MessageKind.Deal or MessageKind.DealBySite)
            return (newMessage.Step is { } step ? new MessageData { Deal = step } : null, null);
        // Lines of the site are written to closed accounts too, for the other person.
        var isOtherClosed =
            newMessage.Kind is MessageKind.Text
            && await accounts.FindAsync(room.Other(newMessage.PersonId)) is { IsClosed: true };
        if (RoomRules.Problem(RoomAct.Write, room.Restrictions, isOtherClosed) is { } problem)
            return (null, problem);
        if (newMessage.Pictures.Count == 0)
            return (null, null);
        var names = newMessage.Pictures.SelectMany(picture => new[] { picture.File, picture.Thumbnail }).ToList();
        if (
            await FileClaims.TryClaimAsync(store.Context, newMessage.PersonId, newMessage.RoomId, names)
            is not { } files
        )
            return (null, "Message.PictureGone");
        var pictures = newMessage.Pictures.Select(
            (one, i) => new PictureView(one.File, one.Thumbnail, files[2 * i].Width, files[2 * i].Height)
        );
        return (new MessageData { Pictures = [.. pictures] }, null);
    }

    private async Task<Message> ReceiveAsync(NewMessage newMessage, MessageData? data, RoomMembers inRoom)
    {
        if (inRoom.Room.LastSeq == 0)
        {
            var seen = await RoomQueries.Snapshot(store.Context, inRoom.Room.ListingId).SingleAsync();
            inRoom.Room.Snapshot = seen.ToJson();
        }
        var message = newMessage.ToMessage(data);
        message.Enter(inRoom.Room, now);
        added.Add((message, inRoom));
        return message;
    }

    private static void Enter(Message message, RoomMembers inRoom)
    {
        inRoom.Room.LastMessageId = message.Id;
        foreach (var member in inRoom.Members)
            member.Receive(inRoom.Room);
    }

    private async Task<IReadOnlyList<Membership>> MarkAsync(IEnumerable<ReadMark> marks)
    {
        var read = new List<Membership>();
        foreach (var burst in marks.GroupBy(mark => (mark.RoomId, mark.PersonId)))
        {
            var inRoom = rooms.GetValueOrDefault(burst.Key.RoomId);
            var membership = inRoom?.Of(burst.Key.PersonId);
            foreach (var mark in burst)
                mark.Keep(membership is not null);
            if (inRoom is null || membership is null)
                continue;
            if (!await ReadAsync(inRoom.Room, membership, burst.Max(mark => mark.Seq)) && !mayBeUntold(burst.First()))
                continue;
            read.Add(membership);
            // With private receipts, only the reader's own other screens get the event.
            var isPrivate = inRoom.Room.Restrictions.IsBlocked() || burst.All(mark => mark.IsPrivate);
            if (!isPrivate)
                membership.SharedReadSeq = membership.ReadSeq;
            var told = isPrivate ? [membership] : inRoom.Members;
            events.Add(
                new RoomEvent(
                    membership.RoomId,
                    told,
                    new RoomRead(membership.RoomId, membership.UserId, membership.ReadSeq)
                )
            );
        }
        return read;
    }

    private async Task<bool> ReadAsync(Room room, Membership membership, long seq)
    {
        if (seq >= room.LastSeq)
            return membership.Read(room, room.LastSeq, room.FromBuyer, room.FromSeller);
        if (seq <= membership.ReadSeq || await MessageAtAsync(room.Id, seq) is not { } message)
            return false;
        var isNew = membership.Read(room, seq, message.FromBuyer, message.FromSeller);
        membership.OthersRead += await store.CountDeletedAsync(room.Id, seq, membership.UserId);
        return isNew;
    }

    private async Task ChangeAsync(Change change)
    {
        var inRoom = rooms.GetValueOrDefault(change.RoomId);
        if (inRoom?.Of(change.PersonId) is null || await store.AtAsync(change.RoomId, change.Seq) is not { } message)
        {
            change.Keep(new Changed(null));
            return;
        }
        var (body, data, deletedAt) = (message.Body, message.Data, message.DeletedAt);
        if ((RoomRules.Problem(change.Act, inRoom.Room.Restrictions) ?? change.Apply(message, now)) is { } problem)
        {
            change.Keep(new Changed(null, problem));
            return;
        }
        var changed = (body, data, deletedAt) != (message.Body, message.Data, message.DeletedAt);
        if (deletedAt is null && message.DeletedAt is not null)
        {
            Relieve(inRoom, message);
            if (MessageData.Parse(data)?.Files is { Count: > 0 } names)
                await FileClaims.RemoveAsync(store.Context, change.RoomId, names);
        }
        else if (deletedAt is not null && changed)
            await ForgetHiddenAsync(message);
        if (changed)
        {
            message.Correct(inRoom.Room);
            await store.ChangeAsync(
                message,
                inRoom,
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
        change.Keep(new Changed(view));
        if (changed || mayBeUntold(change))
            events.Add(new RoomEvent(change.RoomId, inRoom.Members, new MessageChanged(view)));
    }

    // Its author deletes a message that the administration hides: its pictures go as those of others do.
    private async Task ForgetHiddenAsync(Message message)
    {
        var kept = await store
            .Context.MessageVersions.Where(version => version.MessageId == message.Id && version.IsModerated)
            .Select(version => version.Data)
            .ToListAsync();
        var names = kept.SelectMany(data => MessageData.Parse(data)?.Files ?? []).ToList();
        await FileClaims.RemoveAsync(store.Context, message.RoomId, names);
    }

    // A message that was deleted unread must not stay in the unread count.
    private void Relieve(RoomMembers inRoom, Message message)
    {
        foreach (var membership in inRoom.Members.Where(m => m.UserId != message.SenderId && m.ReadSeq < message.Seq))
        {
            membership.OthersRead++;
            relieved.Add(membership);
            events.Add(
                new RoomEvent(message.RoomId, [membership], new MembershipChanged(message.RoomId, membership.Position))
            );
        }
    }

    private static MessageKey Key(Message message) => new(message.RoomId, message.SenderId, message.ClientId);

    private async Task<MessageView> ViewAsync(Message message) =>
        MessageView.Of(
            message,
            await NameAsync(message.SenderId),
            message.ReplyTo is { } seq && await MessageAtAsync(message.RoomId, seq) is { } answered
                ? QuoteView.Of(answered, await NameAsync(answered.SenderId))
                : null
        );

    private async Task<Message?> MessageAtAsync(long roomId, long seq) =>
        added.Find(entry => entry.Message.RoomId == roomId && entry.Message.Seq == seq).Message
        ?? await store.AtAsync(roomId, seq);

    private async Task<string> NameAsync(long userId) => (await accounts.FindAsync(userId))?.DisplayName ?? "";
}
