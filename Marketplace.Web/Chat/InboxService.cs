using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat;

/// <summary>The conversations of the person whose circuit or request this is.</summary>
public sealed class InboxService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    Broadcaster broadcaster
)
{
    /// <summary>Some three screens of a phone.</summary>
    public const int Page = 30;

    /// <summary>Nobody is told a larger number of unread messages than "99+".</summary>
    public const int MostUnread = 100;

    /// <summary>A page of the person's list, newest first, below the given row; empty for a visitor.</summary>
    public async Task<IReadOnlyList<ConversationView>> PageAsync(ConversationView? below = null, int limit = Page) =>
        await PageAsync(below?.Place ?? long.MaxValue, below?.RoomId ?? long.MaxValue, limit);

    /// <summary>A page of the person's list below the row that stands at this place with this room.</summary>
    public async Task<IReadOnlyList<ConversationView>> PageAsync(long place, long roomId, int limit)
    {
        if (await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await InboxQueries.Conversations(db, me.Id, place, roomId, limit).ToListAsync();
    }

    /// <summary>One row of the list; null if the room is not the person's.</summary>
    public async Task<ConversationView?> RowAsync(long roomId)
    {
        if (await currentUser.FindAsync() is not { } me)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return await InboxQueries.Conversation(db, me.Id, roomId).SingleOrDefaultAsync();
    }

    /// <summary>
    /// The rooms with unread messages, at most <see cref="MostUnread"/>: their sum is exact below that number. None for a
    /// visitor.
    /// </summary>
    public async Task<IReadOnlyList<UnreadView>> UnreadAsync()
    {
        if (await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await InboxQueries.Unread(db, me.Id, MostUnread).ToListAsync();
    }

    /// <summary>Whose list it is; null for a visitor, and for who may no longer use the site.</summary>
    public async Task<long?> MeAsync() => (await currentUser.FindAsync())?.Id;

    /// <summary>Tells of each event of the person's rooms until disposed; null for a visitor.</summary>
    public async Task<IDisposable?> ListenAsync(Func<object, Task> receive) =>
        await currentUser.FindAsync() is { } me ? broadcaster.Subscribe([ChatTopics.Person(me.Id)], receive) : null;

    /// <summary>The list on a screen. To be disposed by the page, which loads it next.</summary>
    /// <param name="run">Runs work on the page's own dispatcher and redraws; null on a page that is not live.</param>
    public OpenInbox Open(Func<Func<Task>, Task>? run) => new(this, run);
}
