using System.Text.Json;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat;

/// <summary>What became of a draft, and who is to be told.</summary>
internal sealed record Written(Draft Draft, SentView Sent, IReadOnlyList<long> Members);

/// <summary>The work of one transaction of the <see cref="MessageJournal"/>.</summary>
internal sealed class JournalBatch(MarketplaceDbContext db, IReadOnlyList<Draft> drafts, TimeProvider clock)
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
        var members = (await db.Memberships.Where(member => roomIds.Contains(member.RoomId)).ToListAsync()).ToLookup(
            member => member.RoomId
        );
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
