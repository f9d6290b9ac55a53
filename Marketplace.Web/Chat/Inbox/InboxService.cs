using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Realtime;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Inbox;

/// <summary>The conversations of the person whose circuit or request this is.</summary>
public sealed class InboxService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    AccountStates accounts,
    Broadcaster broadcaster,
    Presence presence
)
{
    /// <summary>Some three screens of a phone.</summary>
    public const int Page = 30;

    /// <summary>Nobody is told a larger number of unread messages than "99+".</summary>
    public const int MaxUnread = 100;

    /// <summary>A page of the person's list, newest first, below the given row; empty for a visitor.</summary>
    public async Task<IReadOnlyList<InboxRowView>> PageAsync(InboxRowView? below = null, int limit = Page) =>
        await PageAsync(below is null ? null : new PageCursor(below.SortKey, below.RoomId), limit);

    /// <summary>A page of the person's list below the row that the cursor names.</summary>
    public async Task<IReadOnlyList<InboxRowView>> PageAsync(PageCursor? below, int limit)
    {
        if (await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await InboxQueries
            .Conversations(db, me.Id, below?.Place ?? long.MaxValue, below?.Id ?? long.MaxValue, limit)
            .ToListAsync();
    }

    /// <summary>A page of what the list shows under a filter, below the given row; the first page begins with the pinned.</summary>
    public async Task<IReadOnlyList<InboxRowView>> ListAsync(InboxFilter filter, InboxRowView? below = null)
    {
        if (await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        Task<List<InboxRowView>> OnAsync(Shelf shelf, InboxRowView? under) =>
            InboxQueries
                .OnShelf(db, me.Id, shelf, filter, under?.SortKey ?? long.MaxValue, under?.RoomId ?? 0, Page)
                .ToListAsync();
        if (filter == InboxFilter.Archived)
            return await OnAsync(Shelf.Archived, below);
        var pinned = below is null ? await OnAsync(Shelf.Pinned, null) : [];
        return [.. pinned, .. await OnAsync(Shelf.Open, below)];
    }

    /// <summary>Who asked about a listing of the person, the longest waiting first.</summary>
    public async Task<IReadOnlyList<InboxRowView>> WaitingAsync(long listingId)
    {
        if (await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        var rows = await InboxQueries.Waiting(db, me.Id, listingId, MaxUnread).ToListAsync();
        return [.. rows.OrderBy(row => row.WaitingSince is null).ThenBy(row => row.WaitingSince ?? row.LastAt)];
    }

    /// <summary>The person's listings that somebody asked about, newest first.</summary>
    public async Task<IReadOnlyList<ListingWithEnquiries>> ListingsWithEnquiriesAsync()
    {
        if (await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await InboxQueries.ListingsWithEnquiries(db, me.Id, Page).ToListAsync();
    }

    /// <summary>How many conversations each filter shows; null for a visitor.</summary>
    public async Task<InboxCounts?> CountsAsync()
    {
        if (await currentUser.FindAsync() is not { } me)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return await InboxQueries.Counts(db, me.Id, MaxUnread).SingleOrDefaultAsync();
    }

    /// <summary>One row of the list; null if the room is not the person's.</summary>
    public async Task<InboxRowView?> RowAsync(long roomId) => (await RowsAsync([roomId])).SingleOrDefault();

    /// <summary>The rows of these rooms, as far as they are the person's.</summary>
    public async Task<IReadOnlyList<InboxRowView>> RowsAsync(IReadOnlyCollection<long> roomIds)
    {
        if (await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await InboxQueries.OfRooms(db, me.Id, roomIds).ToListAsync();
    }

    /// <summary>What a row shows of somebody: kept in memory for all lists together. Null for a visitor.</summary>
    public async ValueTask<AccountState?> PersonAsync(long id) =>
        await currentUser.FindAsync() is null ? null : await accounts.FindAsync(id);

    /// <summary>
    /// The rooms with unread messages, at most <see cref="MaxUnread"/>: their sum is exact below that number. None for a
    /// visitor.
    /// </summary>
    public async Task<IReadOnlyList<UnreadView>> UnreadAsync()
    {
        if (await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await InboxQueries.Unread(db, me.Id, MaxUnread).ToListAsync();
    }

    /// <summary>Whether the person of this row is here, as far as both let it be known.</summary>
    public async Task<IReadOnlySet<long>> OnlineAsync(IEnumerable<InboxRowView> rows) =>
        await currentUser.FindAsync() is { HidesPresence: false }
            ? rows.Where(row => row.ShowsPresence && presence.IsOnline(row.OtherId))
                .Select(row => row.OtherId)
                .ToHashSet()
            : new HashSet<long>();

    /// <summary>Whose list it is; null for a visitor, and for who may no longer use the site.</summary>
    public async Task<long?> MeAsync() => (await currentUser.FindAsync())?.Id;

    /// <summary>Tells of each event of the person's rooms until disposed; null for a visitor.</summary>
    public async Task<Subscription?> ListenAsync(Func<object, Task> receive) =>
        await currentUser.FindAsync() is { } me ? broadcaster.Subscribe([ChatTopics.Person(me.Id)], receive) : null;

    /// <summary>The list on a screen. To be disposed by who shows it, who loads it next.</summary>
    /// <param name="run">Runs work on the page's own dispatcher and redraws; null on a page that is not live.</param>
    public InboxSession Open(Func<Func<Task>, Task>? run) => new(this, run);
}
