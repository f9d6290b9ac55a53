using System.Runtime.CompilerServices;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Data;
using Marketplace.Web.Files;
using Marketplace.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Retention;

/// <summary>
/// Takes old messages away from the beginning of rooms, with their earlier texts, words and pictures. What was not read
/// counts as read, as what is deleted does; open pages are told.
/// </summary>
public sealed class MessagePurge(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    IMessageIndex index,
    Broadcaster broadcaster
)
{
    private const int Portion = 100;

    /// <summary>Small enough that nobody who sends notices it.</summary>
    internal const int AtOnce = 25;

    /// <summary>Those of before this time (UTC), a batch at a time; how many each took away.</summary>
    public async IAsyncEnumerable<int> PurgeAsync(
        DateTime before,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        for (IReadOnlyList<long> rooms = [0]; rooms.Count > 0; )
        {
            await using (var db = await database.CreateDbContextAsync(cancellation))
                rooms = await RetentionQueries.Rooms(db, before, rooms[^1], Portion).ToListAsync(cancellation);
            foreach (var room in rooms)
                while (await PurgeAsync(room, before, cancellation) is > 0 and var gone)
                    yield return gone;
        }
    }

    private async Task<int> PurgeAsync(long roomId, DateTime before, CancellationToken cancellation)
    {
        var told = new List<(long UserId, InboxPosition Position)>();
        var (gone, firstSeq) = await transactions.InTransactionAsync(
            db => PurgeAsync(db, roomId, before, told),
            cancellation
        );
        if (gone == 0)
            return 0;
        foreach (var (person, position) in told)
        {
            broadcaster.Publish(ChatTopics.Person(person), new MembershipChanged(roomId, position));
            broadcaster.Publish(ChatTopics.Person(person), new RoomPurged(roomId, firstSeq));
        }
        broadcaster.Publish(ChatTopics.Room(roomId), new RoomPurged(roomId, firstSeq));
        return gone;
    }

    private async Task<(int Gone, long FirstSeq)> PurgeAsync(
        MarketplaceDbContext db,
        long roomId,
        DateTime before,
        List<(long, InboxPosition)> told
    )
    {
        told.Clear();
        // A no-op update takes the row lock, as the journal does: nobody holds, reports or writes meanwhile.
        await db
            .Rooms.Where(room => room.Id == roomId)
            .ExecuteUpdateAsync(room => room.SetProperty(r => r.LastSeq, r => r.LastSeq));
        var room = await RetentionQueries.Free(db).SingleOrDefaultAsync(one => one.Id == roomId);
        var gone = await RetentionQueries.Messages(db, roomId, before, AtOnce).AsNoTracking().ToListAsync();
        if (room is null || gone is not [.., var last])
            return (0, 0);
        var members = await db.Memberships.Where(member => member.RoomId == roomId).ToListAsync();
        var inRoom = new RoomMembers(room, members);
        await index.RemoveAsync(db, [.. gone.Select(message => IndexedMessage.Of(message, inRoom))]);
        await ForgetAsync(db, roomId, gone);
        foreach (var member in members)
            member.Lose(Unread(member, gone));
        room.Lose(last.Seq);
        told.AddRange(members.Select(member => (member.UserId, member.Position)));
        return (gone.Count, room.FirstSeq);
    }

    private static int Unread(Membership member, IReadOnlyList<Message> gone) =>
        gone.Count(message =>
            message.Seq > member.ReadSeq && message.SenderId != member.UserId && message.DeletedAt is null
        );

    private static async Task ForgetAsync(MarketplaceDbContext db, long roomId, IReadOnlyList<Message> gone)
    {
        var ids = gone.Select(message => message.Id).ToArray();
        var versions = db.MessageVersions.Where(version => ids.Contains(version.MessageId));
        var data = await versions.Where(one => one.Data != null).Select(one => one.Data).ToListAsync();
        var files = gone.Select(message => message.Data).Concat(data).SelectMany(MessageData.FilesOf).ToList();
        if (files.Count > 0)
            await FileClaims.RemoveAsync(db, roomId, files);
        await versions.ExecuteDeleteAsync();
        await db.Messages.Where(message => ids.Contains(message.Id)).ExecuteDeleteAsync();
    }
}
