using Marketplace.Web.Data;
using Marketplace.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat;

/// <summary>How somebody reads a room: what to listen to, and the query that finds the room through them.</summary>
public sealed record RoomAccess(Topic Topic, Func<MarketplaceDbContext, IQueryable<RoomView>> View);

/// <summary>
/// A room on one screen. Opening it can't be done in part: it authorises, listens, then loads, then merges what was told
/// meanwhile. Every event is authorised again before it shows.
/// </summary>
/// <param name="enter">Who reads, asked on each event; null when they no longer may.</param>
/// <param name="run">The page's dispatcher; everything here runs on it, so nothing is locked. Null: do not listen.</param>
public sealed class OpenRoom(
    IDbContextFactory<MarketplaceDbContext> database,
    Broadcaster broadcaster,
    long roomId,
    Func<Task<RoomAccess?>> enter,
    Func<Func<Task>, Task>? run
) : IDisposable
{
    /// <summary>Further behind than this, the newest page is cheaper than all that was missed.</summary>
    private const int LongestCatchUp = 500;

    private readonly TaskCompletionSource loaded = new();
    private IDisposable? listening;
    private bool disposed;

    /// <summary>Null until loaded, and for who may not enter.</summary>
    public RoomView? Room { get; private set; }
    public Conversation Conversation { get; } = new();

    /// <summary>Loads the newest part. False: there is no such room for this reader.</summary>
    public async Task<bool> LoadAsync()
    {
        if (await enter() is not { } access)
            return false;
        Listen(access.Topic);
        await ReadNewestAsync(access);
        loaded.TrySetResult();
        return Room is not null;
    }

    /// <summary>Reads the page before the window.</summary>
    public async Task LoadOlderAsync()
    {
        if (!Conversation.HasOlder() || await enter() is null)
            return;
        Conversation.Prepend(await ReadAsync(new HistoryWindow(Before: Conversation.Messages[0].Seq)));
    }

    public void Dispose()
    {
        disposed = true;
        listening?.Dispose();
        loaded.TrySetResult();
    }

    private void Listen(Topic topic)
    {
        if (run is null || disposed)
            return;
        listening = broadcaster.Subscribe(
            [topic],
            happening => IsOurs(happening) ? run(() => ReceiveAsync(happening)) : Task.CompletedTask
        );
    }

    private bool IsOurs(object happening) =>
        happening is Missed || happening is MessagePosted posted && posted.Message.RoomId == roomId;

    private async Task ReadNewestAsync(RoomAccess access)
    {
        await using var db = await database.CreateDbContextAsync();
        // The room first: a message that is written between the two statements is merged, or seen as new.
        Room = await access.View(db).SingleOrDefaultAsync();
        if (Room is not null)
            Conversation.Begin(await ReadAsync(new HistoryWindow()), Room.Rev);
    }

    private async Task ReceiveAsync(object happening)
    {
        await loaded.Task;
        if (disposed || Room is null)
            return;
        if (await enter() is not { } access)
            Dispose();
        else if (happening is not MessagePosted posted || Conversation.Add(posted.Message) == Merged.Gap)
            await CatchUpAsync(access);
    }

    private async Task CatchUpAsync(RoomAccess access)
    {
        var changed = await ReadAsync(new HistoryWindow(ChangedAfter: Conversation.Rev, Limit: LongestCatchUp));
        if (changed.Count < LongestCatchUp)
            Conversation.CatchUp(changed);
        else
            await ReadNewestAsync(access);
    }

    private async Task<List<MessageView>> ReadAsync(HistoryWindow window)
    {
        await using var db = await database.CreateDbContextAsync();
        return await ChatQueries.Messages(db, roomId, window).ToListAsync();
    }
}
