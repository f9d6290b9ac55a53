using System.Threading.Channels;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.Wall;

/// <summary>
/// Reads for all walls at once, at most once a second and only after something was written; while nobody watches, it
/// hears nothing. It authorises nobody: its only listener is <see cref="WallSession"/>.
/// </summary>
public sealed class WallFeed(
    IDbContextFactory<MarketplaceDbContext> database,
    Broadcaster broadcaster,
    TimeProvider clock,
    ILogger<WallFeed> log
) : BackgroundService
{
    public const int Rooms = 12;

    public const int MessagesEach = 3;

    public static readonly TimeSpan Apart = TimeSpan.FromSeconds(1);

    /// <summary>Told again for so many rounds, since a wall that has just moved its rooms waits before it does again.</summary>
    private const int Echoes = 1 + (int)(WallSession.Still / 1_000);

    internal static readonly Topic Walls = new("walls", 0);

    private readonly Channel<bool> written = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
    );
    private readonly Lock counting = new();
    private Subscription? hearing;
    private int walls;
    private long reads;
    private WallRead latest = WallRead.None;

    /// <summary>Until disposed, tells <see cref="Walls"/> of each read.</summary>
    internal IDisposable Watch()
    {
        lock (counting)
            if (++walls == 1)
                hearing = broadcaster.Subscribe([ChatTopics.AllRooms], Note);
        return new Watching(this);
    }

    internal async Task<WallRead> ReadAsync()
    {
        var (number, before) = (Interlocked.Increment(ref reads), latest);
        await using var db = await database.CreateDbContextAsync();
        var newest = await WallQueries.Newest(db, Rooms).ToListAsync();
        var risky = await WallQueries.Riskiest(db, Rooms).ToListAsync();
        var rooms = risky.Concat(newest).DistinctBy(room => room.Id).ToList();
        var ids = rooms.Select(room => room.Id).ToArray();
        var messages = (await WallQueries.Last(db, ids, MessagesEach).ToListAsync()).ToLookup(
            message => message.RoomId,
            message => message.View()
        );
        var known = before.Newest.Concat(before.Riskiest).DistinctBy(tile => tile.Room.Id).ToDictionary(t => t.Room.Id);
        var tiles = rooms.ToDictionary(room => room.Id, room => Tile(room, [.. messages[room.Id]], known));
        return latest = new(
            number,
            [.. newest.Select(room => tiles[room.Id])],
            [.. rooms.Take(Rooms).Select(room => tiles[room.Id])]
        );
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await written.Reader.WaitToReadAsync(stoppingToken))
                await TellAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    private async Task TellAsync(CancellationToken cancellation)
    {
        for (var echo = 0; echo <= Echoes; echo++)
        {
            if (written.Reader.TryRead(out _))
                echo = 0;
            if (echo == 0)
                await TryReadAsync();
            broadcaster.Publish(Walls, latest);
            await Task.Delay(Apart, clock, cancellation);
        }
    }

    // Tried again after the next message; an exception here would stop the host.
    private async Task TryReadAsync()
    {
        try
        {
            await ReadAsync();
        }
        catch (Exception exception)
        {
            log.LogError("The walls were not read: {Reason}", exception.Message);
        }
    }

    // What has not changed keeps its object, so that it is not drawn again.
    private static WallTile Tile(
        RoomRowView room,
        IReadOnlyList<WallMessage> messages,
        Dictionary<long, WallTile> known
    ) =>
        new WallTile(room, messages) is var tile && known.TryGetValue(room.Id, out var before) && before.IsSameAs(tile)
            ? before
            : tile;

    private Task Note(object told)
    {
        written.Writer.TryWrite(true);
        return Task.CompletedTask;
    }

    private void Leave()
    {
        lock (counting)
            if (--walls == 0)
                hearing?.Dispose();
    }

    private sealed class Watching(WallFeed feed) : IDisposable
    {
        private int isDisposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isDisposed, 1) == 0)
                feed.Leave();
        }
    }
}
