using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Messages;

/// <summary>Events during a load may miss the new window, so changes since the load are read once more. The caller
/// must have authorised the reader.</summary>
internal sealed class MessageLoader(IDbContextFactory<MarketplaceDbContext> database, long roomId)
{
    /// <summary>Beyond this, reading the newest page is cheaper than catching up.</summary>
    private const int MaxCatchUp = 500;

    public MessageWindow Window { get; } = new();

    /// <param name="room">Read before the range, so that later messages are merged or seen as new.</param>
    public async Task BeginAsync(RoomView room, MessageRange window)
    {
        var part = await ReadAsync(window);
        var told = Window.Rev;
        Window.Begin(part, room.Rev, room.LastSeq);
        if (told > Window.Rev)
            Window.CatchUp(await ChangedAfterAsync(Window.Rev));
    }

    public Task ReadOlderAsync() => ExtendAsync(new MessageRange(Before: Window.Messages[0].Seq), Window.Prepend);

    public Task ReadNewerAsync() => ExtendAsync(new MessageRange(After: Window.LastSeq), Window.Append);

    /// <summary>Returns null, merging nothing, if there are too many changes.</summary>
    public async Task<IReadOnlyList<MessageView>?> CatchUpAsync()
    {
        var changed = await ChangedAfterAsync(Window.Rev);
        if (changed.Count == MaxCatchUp)
            return null;
        Window.CatchUp(changed);
        return changed;
    }

    private async Task ExtendAsync(MessageRange window, Action<IEnumerable<MessageView>> put)
    {
        var known = Window.Rev;
        put(await ReadAsync(window));
        if (Window.Rev > known)
            Window.CatchUp(await ChangedAfterAsync(known));
    }

    private Task<List<MessageView>> ChangedAfterAsync(long rev) =>
        ReadAsync(new MessageRange(ChangedAfter: rev, Limit: MaxCatchUp));

    private async Task<List<MessageView>> ReadAsync(MessageRange window)
    {
        await using var db = await database.CreateDbContextAsync();
        return await MessageQueries.Messages(db, roomId, window).ToListAsync();
    }
}
