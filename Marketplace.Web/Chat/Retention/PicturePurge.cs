using System.Runtime.CompilerServices;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Data;
using Marketplace.Web.Files;
using Marketplace.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Retention;

/// <summary>Takes old pictures away from messages that stay; those say that there were some.</summary>
public sealed class PicturePurge(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    Broadcaster broadcaster
)
{
    private const int Portion = 100;
    private const int AtOnce = 10;

    /// <summary>Those of messages of before this time (UTC), a batch at a time; how many each took away.</summary>
    public async IAsyncEnumerable<int> PurgeAsync(
        DateTime before,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        for (IReadOnlyList<long> rooms = [0]; rooms.Count > 0; )
        {
            await using (var db = await database.CreateDbContextAsync(cancellation))
                rooms = await RetentionQueries.PictureRooms(db, before, rooms[^1], Portion).ToListAsync(cancellation);
            foreach (var room in rooms)
                while (await PurgeAsync(room, before, cancellation) is > 0 and var gone)
                    yield return gone;
        }
    }

    private async Task<int> PurgeAsync(long roomId, DateTime before, CancellationToken cancellation)
    {
        var (gone, members, views) = await transactions.InTransactionAsync(
            db => PurgeAsync(db, roomId, before),
            cancellation
        );
        foreach (var view in views)
        {
            foreach (var member in members)
                broadcaster.Publish(ChatTopics.Person(member), new MessageChanged(view));
            broadcaster.Publish(ChatTopics.Room(roomId), new MessageChanged(view));
        }
        return gone;
    }

    private static async Task<(int, IReadOnlyList<long>, IReadOnlyList<MessageView>)> PurgeAsync(
        MarketplaceDbContext db,
        long roomId,
        DateTime before
    )
    {
        // A no-op update takes the row lock, as the journal does.
        await db
            .Rooms.Where(one => one.Id == roomId)
            .ExecuteUpdateAsync(one => one.SetProperty(r => r.LastSeq, r => r.LastSeq));
        if (await RetentionQueries.Free(db).SingleOrDefaultAsync(one => one.Id == roomId) is not { } room)
            return (0, [], []);
        var messages = await RetentionQueries.WithPictures(db, roomId, before, AtOnce).ToListAsync();
        var hidden = await RetentionQueries.Hidden(db, roomId, before, AtOnce).ToListAsync();
        var files = messages
            .Select(one => one.Data)
            .Concat(hidden.Select(one => one.Data))
            .SelectMany(MessageData.FilesOf);
        var gone = await FileClaims.RemoveAsync(db, roomId, [.. files]);
        foreach (var message in messages)
        {
            message.Data = MessageData.Parse(message.Data)?.WithoutPictures().ToJson();
            message.Correct(room);
        }
        foreach (var version in hidden)
            version.Data = MessageData.Parse(version.Data)?.WithoutPictures().ToJson();
        await db.SaveChangesAsync();
        var members = await db.Memberships.Where(one => one.RoomId == roomId).Select(one => one.UserId).ToListAsync();
        return (Math.Max(gone / 2, messages.Count + hidden.Count), members, await ViewsAsync(db, roomId, messages));
    }

    private static async Task<IReadOnlyList<MessageView>> ViewsAsync(
        MarketplaceDbContext db,
        long roomId,
        IReadOnlyList<Message> messages
    )
    {
        var views = new List<MessageView>();
        foreach (var message in messages)
            views.Add(await MessageQueries.At(db, roomId, message.Seq).SingleAsync());
        return views;
    }
}
