using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Messages;

/// <summary>
/// Reads a room's messages from the database into the window of a screen. What happens while a part is being read may concern
/// a message that is not in the window yet, or be told to the window that this part replaces: what changed meanwhile is read
/// afterwards. Does not authorise: the caller has.
/// </summary>
internal sealed class MessageLoader(IDbContextFactory<MarketplaceDbContext> database, long roomId)
{
    /// <summary>Further behind than this, the newest page is cheaper than all that was missed.</summary>
    private const int MaxCatchUp = 500;

    public MessageWindow Window { get; } = new();

    /// <summary>Begins anew with this part.</summary>
    /// <param name="room">The room as it was before, so that what is written meanwhile is merged, or seen as new.</param>
    public async Task BeginAsync(RoomView room, MessageRange window)
    {
        var part = await ReadAsync(window);
        var told = Window.Rev;
        Window.Begin(part, room.Rev, room.LastSeq);
        if (told > Window.Rev)
            Window.CatchUp(await ChangedAfterAsync(Window.Rev));
    }

    /// <summary>Reads the page before the window.</summary>
    public Task ReadOlderAsync() => ExtendAsync(new MessageRange(Before: Window.Messages[0].Seq), Window.Prepend);

    /// <summary>Reads the page after the window.</summary>
    public Task ReadNewerAsync() => ExtendAsync(new MessageRange(After: Window.LastSeq), Window.Append);

    /// <summary>Merges what changed after the last revision that is known. Null, with nothing merged, if that is too much.</summary>
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
