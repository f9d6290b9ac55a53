using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Realtime;
using Marketplace.Web.Realtime.Relay;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Inbox;

public sealed class InboxService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    AccountStates accounts,
    Broadcaster broadcaster,
    Presence presence,
    RelayState relay
)
{
    /// <summary>Rows per page: about three phone screens.</summary>
    public const int Page = 30;

    /// <summary>Counts stop here; screens show "99+".</summary>
    public const int MaxUnread = 100;

    /// <summary>A page of all rooms, newest first, below the given row; empty for a visitor.</summary>
    public async Task<IReadOnlyList<InboxRowView>> PageAsync(InboxRowView? below = null, int limit = Page) =>
        await PageAsync(below is null ? null : new PageCursor(below.SortKey, below.RoomId), limit);

    public async Task<IReadOnlyList<InboxRowView>> PageAsync(PageCursor? cursor, int limit)
    {
        if (await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await InboxQueries
            .Conversations(db, me.Id, cursor?.Place ?? long.MaxValue, cursor?.Id ?? long.MaxValue, limit)
            .ToListAsync();
    }

    /// <summary>A page of a filter's rooms below the given row; the first page starts with all pinned rooms.</summary>
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

    public async Task<IReadOnlyList<InboxRowView>> WaitingAsync(long listingId)
    {
        if (await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        var rows = await InboxQueries.Waiting(db, me.Id, listingId, MaxUnread).ToListAsync();
        return [.. rows.OrderBy(row => row.WaitingSince is null).ThenBy(row => row.WaitingSince ?? row.LastAt)];
    }

    public async Task<IReadOnlyList<ListingWithEnquiries>> ListingsWithEnquiriesAsync()
    {
        if (await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await InboxQueries.ListingsWithEnquiries(db, me.Id, Page).ToListAsync();
    }

    public async Task<InboxCounts?> CountsAsync()
    {
        if (await currentUser.FindAsync() is not { } me)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return await InboxQueries.Counts(db, me.Id, MaxUnread).SingleOrDefaultAsync();
    }

    public async Task<InboxRowView?> RowAsync(long roomId) => (await RowsAsync([roomId])).SingleOrDefault();

    /// <summary>Leaves out rooms that are not the person's.</summary>
    public async Task<IReadOnlyList<InboxRowView>> RowsAsync(IReadOnlyCollection<long> roomIds)
    {
        if (await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await InboxQueries.OfRooms(db, me.Id, roomIds).ToListAsync();
    }

    public async ValueTask<AccountState?> PersonAsync(long id) =>
        await currentUser.FindAsync() is null ? null : await accounts.FindAsync(id);

    /// <summary>At most <see cref="MaxUnread"/> rooms, so their sum is exact below that number.</summary>
    public async Task<IReadOnlyList<UnreadView>> UnreadAsync()
    {
        if (await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await InboxQueries.Unread(db, me.Id, MaxUnread).ToListAsync();
    }

    /// <summary>Who of the rows is online, if both sides show their presence and neither blocks the other.</summary>
    public async Task<IReadOnlySet<long>> OnlineAsync(IEnumerable<InboxRowView> rows) =>
        await currentUser.FindAsync() is { HidesPresence: false }
            ? rows.Where(row => row.ShowsPresence && !row.Restrictions.IsBlocked() && presence.IsOnline(row.OtherId))
                .Select(row => row.OtherId)
                .ToHashSet()
            : new HashSet<long>();

    public async Task<long?> MeAsync() => (await currentUser.FindAsync())?.Id;

    /// <param name="more">Heard beside what concerns the person's rooms.</param>
    public async Task<Subscription?> ListenAsync(Func<object, Task> receive, IReadOnlyList<Topic>? more = null)
    {
        if (await currentUser.FindAsync() is not { } me)
            return null;
        List<Topic> topics = [ChatTopics.Person(me.Id), .. more ?? []];
        if (!relay.IsOn)
            return broadcaster.Subscribe(topics, receive);
        var place = new InboxPlace(database, me.Id);
        var listening = broadcaster.Subscribe(topics, ReceiveAsync, place.Shown);
        try
        {
            await place.ReadAsync();
            return listening;
        }
        catch
        {
            listening.Dispose();
            throw;
        }

        async Task ReceiveAsync(object told)
        {
            await place.NoteAsync(told);
            await receive(told);
        }
    }

    /// <summary>The caller loads and disposes the session; <paramref name="run"/> is null on a static page.</summary>
    public InboxSession Open(Func<Func<Task>, Task>? run) => new(this, run);
}
