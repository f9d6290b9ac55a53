using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Listings;
using Marketplace.Web.Realtime;

namespace Marketplace.Web.Chat.Inbox;

/// <summary>Subscribes, then loads. Counts always come from the database; they are never computed here.</summary>
public sealed class InboxSession(InboxService inbox, Func<Func<Task>, Task>? run) : IDisposable
{
    /// <summary>The largest number of rendered rows: about four screens above and below the viewport.</summary>
    public const int MaxRows = 3 * InboxService.Page;

    /// <summary>Whoever has scrolled further begins anew after events were missed.</summary>
    private const int MaxAgain = 10 * InboxService.Page;

    private readonly LiveSubscription live = new();
    private readonly InboxWindow rows = new();

    /// <summary>The loaded rows, pinned first, then newest first; those of a listing longest waiting first.</summary>
    public IReadOnlyList<InboxRowView> Rows => rows.All;

    public int First { get; private set; }

    public IReadOnlyList<InboxRowView> Window => [.. Rows.Skip(First).Take(MaxRows)];

    public bool HasMore => rows.HasMore;

    public InboxFilter Filter { get; private set; }

    public IReadOnlyList<ListingWithEnquiries> ListingsWithEnquiries { get; private set; } = [];

    public InboxCounts? Counts { get; private set; }

    public long? ListingId { get; private set; }

    public IReadOnlySet<long> Online { get; private set; } = new HashSet<long>();

    public async Task LoadAsync()
    {
        if (live.IsDisposed)
            return;
        if (run is not null)
            live.Hold(
                await inbox.ListenAsync(told =>
                    told is Typing ? Task.CompletedTask : run(() => live.ReceiveAsync(() => ReceiveAsync(told)))
                )
            );
        await ReadAllAsync();
        live.Loaded();
    }

    public Task ShowAsync(InboxFilter filter, long? listingId = null)
    {
        Choose(filter, listingId);
        return ReadAsync();
    }

    public void Choose(InboxFilter filter, long? listingId) => (Filter, ListingId) = (filter, listingId);

    public async Task ScrollAsync(int first)
    {
        if (first + MaxRows > Rows.Count)
            await ReadMoreAsync();
        First = Math.Max(0, first);
        await LookAsync();
    }

    public void Dispose() => live.Dispose();

    private async Task ReadAllAsync()
    {
        ListingsWithEnquiries = await inbox.ListingsWithEnquiriesAsync();
        Counts = await inbox.CountsAsync();
        await ReadAsync();
    }

    // Whoever has scrolled stays where they are, as far as so much is still there.
    private async Task ReadAgainAsync()
    {
        var (first, loaded) = (First, Rows.Count);
        await ReadAllAsync();
        while (HasMore && Rows.Count < Math.Min(loaded, MaxAgain))
            await ReadMoreAsync();
        First = first;
        await LookAsync();
    }

    private async Task ReadAsync()
    {
        var asked = (Filter, ListingId);
        var read = ListingId is { } listing ? await inbox.WaitingAsync(listing) : await inbox.ListAsync(Filter);
        if (asked != (Filter, ListingId))
            return;
        rows.Begin(read, ListingId is null && IsFull(read));
        First = 0;
        await LookAsync();
    }

    private async Task ReadMoreAsync()
    {
        if (!HasMore)
            return;
        var begun = rows.Begun;
        var more = await inbox.ListAsync(Filter, rows.Last);
        if (rows.Begun == begun)
            rows.Append(more, IsFull(more));
    }

    private static bool IsFull(IEnumerable<InboxRowView> page) =>
        page.Count(row => row.Shelf != Shelf.Pinned) == InboxService.Page;

    private async Task ReceiveAsync(object told)
    {
        // The account may have lost its access since it subscribed.
        if (await inbox.MeAsync() is not { } me)
            return;
        await (
            told switch
            {
                MessagePosted posted => MoveAsync(posted),
                MessageChanged changed when IsLast(changed.Message) => RefreshAsync(changed.Message.RoomId),
                RoomRead { Position: { } position } read when read.UserId == me => ChangeAsync(
                    read.RoomId,
                    row => row.With(position)
                ),
                MembershipChanged changed => ChangeAsync(
                    changed.RoomId,
                    row => row.With(changed.Position, changed.Marks)
                ),
                RoomRestricted restricted => RefreshAsync(restricted.Room.RoomId),
                RoomPurged purged => RefreshAsync(purged.RoomId),
                PresenceChanged => LookForAsync(Window),
                AccountChanged account => ReadPersonAsync(account.Id),
                ListingChanged listing => ReadListingAsync(listing.ListingId),
                Missed => ReadAgainAsync(),
                _ => Task.CompletedTask,
            }
        );
    }

    private bool IsLast(MessageView message) => rows.Find(message.RoomId)?.LastSeq == message.Seq;

    // The event carries the changed values; only a row that is not loaded or is archived has to be read.
    private async Task MoveAsync(MessagePosted posted)
    {
        var message = posted.Message;
        if (message.Seq == 1)
            ListingsWithEnquiries = await inbox.ListingsWithEnquiriesAsync();
        if (
            posted.Position is not { } position
            || rows.Find(message.RoomId) is not { Shelf: not Shelf.Archived } row
            || ListingId is not null
            || message.Kind.IsOfDeal()
        )
            await RefreshAsync(message.RoomId);
        else if (message.Seq > row.LastSeq)
        {
            rows.Put(row.With(message, position));
            if (!CountsAlike(row, row.With(message, position)))
                Counts = await inbox.CountsAsync();
        }
    }

    private async Task ChangeAsync(long roomId, Func<InboxRowView, InboxRowView> change)
    {
        if (ListingId is not null || rows.Find(roomId) is not { } row)
        {
            await RefreshAsync(roomId);
            return;
        }
        var fresh = change(row);
        await PlaceAsync(fresh);
        await EndAsync(CountsAlike(row, fresh));
    }

    private async Task RefreshAsync(params long[] ids)
    {
        if (ids.Length == 0)
            return;
        if (ListingId is not null)
        {
            await ReadAsync();
            return;
        }
        var counted = true;
        foreach (var fresh in (await inbox.RowsAsync(ids)).Where(row => row.SortKey > 0))
        {
            counted &= rows.Find(fresh.RoomId) is { } before && CountsAlike(before, fresh);
            await PlaceAsync(fresh);
        }
        await EndAsync(counted);
    }

    private async Task PlaceAsync(InboxRowView fresh)
    {
        if (await BelongsAsync(fresh))
            rows.Put(fresh);
        else
            rows.Remove(fresh.RoomId);
    }

    private async Task EndAsync(bool countsAlike)
    {
        if (!countsAlike)
            Counts = await inbox.CountsAsync();
        if (Rows.Count(row => row.Shelf != Shelf.Pinned) < InboxService.Page)
            await ReadMoreAsync();
        await LookAsync();
    }

    private static bool CountsAlike(InboxRowView before, InboxRowView after) =>
        (before.Shelf == Shelf.Archived) == (after.Shelf == Shelf.Archived)
        && (before.Unread == 0) == (after.Unread == 0)
        && (before.IsOffered, before.IsAgreed) == (after.IsOffered, after.IsAgreed);

    private async Task<bool> BelongsAsync(InboxRowView row) =>
        Filter switch
        {
            InboxFilter.Archived => row.Shelf == Shelf.Archived,
            _ when row.Shelf == Shelf.Archived => false,
            // A room that was just read stays under Unread until the next load, so that rows do not move on click.
            InboxFilter.Unread => row.Unread > 0 || rows.Find(row.RoomId) is not null,
            InboxFilter.Buying => row.BuyerId == await inbox.MeAsync(),
            InboxFilter.Selling => row.SellerId == await inbox.MeAsync(),
            InboxFilter.Offers => row.IsOffered,
            InboxFilter.Agreed => row.IsAgreed,
            _ => true,
        };

    private Task LookAsync()
    {
        First = Math.Min(First, Math.Max(0, Rows.Count - MaxRows));
        var window = Window;
        live.Follow([
            .. window.Select(row => ChatTopics.Presence(row.OtherId)),
            .. window.Select(row => AccountTopics.Account(row.OtherId)),
            .. window.Select(row => ListingTopics.Listing(row.ListingId)),
            .. ListingsWithEnquiries.Select(listing => ListingTopics.Listing(listing.ListingId)),
        ]);
        return LookForAsync(window);
    }

    private async Task LookForAsync(IReadOnlyList<InboxRowView> window) => Online = await inbox.OnlineAsync(window);

    private async Task ReadPersonAsync(long id)
    {
        if (await inbox.PersonAsync(id) is not { } person)
            return;
        rows.Show(person);
        await LookForAsync(Window);
    }

    private async Task ReadListingAsync(long id)
    {
        await RefreshAsync([.. Rows.Where(row => row.ListingId == id).Select(row => row.RoomId)]);
        if (ListingsWithEnquiries.Any(listing => listing.ListingId == id))
            ListingsWithEnquiries = await inbox.ListingsWithEnquiriesAsync();
    }
}
