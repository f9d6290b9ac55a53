using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat;

/// <summary>
/// Reads a room's messages from the database into the window of a screen. What happens while a part is being read may concern
/// a message that is not in the window yet, or be told to the window that this part replaces: what changed meanwhile is read
/// afterwards. Does not authorise: the caller has.
/// </summary>
internal sealed class RoomHistory(IDbContextFactory<MarketplaceDbContext> database, long roomId)
{
    /// <summary>Further behind than this, the newest page is cheaper than all that was missed.</summary>
    private const int LongestCatchUp = 500;

    public Conversation Conversation { get; } = new();

    /// <summary>Begins anew with this part.</summary>
    /// <param name="room">The room as it was before, so that what is written meanwhile is merged, or seen as new.</param>
    public async Task BeginAsync(RoomView room, HistoryWindow window)
    {
        var part = await ReadAsync(window);
        var told = Conversation.Rev;
        Conversation.Begin(part, room.Rev, room.LastSeq);
        if (told > Conversation.Rev)
            Conversation.CatchUp(await ChangedAfterAsync(Conversation.Rev));
    }

    /// <summary>Reads the page before the window.</summary>
    public Task ReadOlderAsync() =>
        ExtendAsync(new HistoryWindow(Before: Conversation.Messages[0].Seq), Conversation.Prepend);

    /// <summary>Reads the page after the window.</summary>
    public Task ReadNewerAsync() => ExtendAsync(new HistoryWindow(After: Conversation.LastSeq), Conversation.Append);

    /// <summary>Merges what changed after the last revision that is known. Null, with nothing merged, if that is too much.</summary>
    public async Task<IReadOnlyList<MessageView>?> CatchUpAsync()
    {
        var changed = await ChangedAfterAsync(Conversation.Rev);
        if (changed.Count == LongestCatchUp)
            return null;
        Conversation.CatchUp(changed);
        return changed;
    }

    private async Task ExtendAsync(HistoryWindow window, Action<IEnumerable<MessageView>> put)
    {
        var known = Conversation.Rev;
        put(await ReadAsync(window));
        if (Conversation.Rev > known)
            Conversation.CatchUp(await ChangedAfterAsync(known));
    }

    private Task<List<MessageView>> ChangedAfterAsync(long rev) =>
        ReadAsync(new HistoryWindow(ChangedAfter: rev, Limit: LongestCatchUp));

    private async Task<List<MessageView>> ReadAsync(HistoryWindow window)
    {
        await using var db = await database.CreateDbContextAsync();
        return await ChatQueries.Messages(db, roomId, window).ToListAsync();
    }
}
