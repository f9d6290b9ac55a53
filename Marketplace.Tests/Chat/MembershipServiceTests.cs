using System.Collections.Concurrent;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Inbox;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Negotiation;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Marketplace.Web.Realtime;

namespace Marketplace.Tests.Chat;

public sealed class MembershipServiceTests(Apps apps) : IClassFixture<Apps>
{
    [Theory, Databases]
    public async Task An_archived_conversation_comes_back_with_the_next_message(DatabaseProvider provider)
    {
        var (ana, bruno, room) = await TalkAsync(provider);
        using var screen = ana.Inbox.Open(ana.RunAsync);
        await screen.LoadAsync();
        Assert.True(await ana.Get<MembershipService>().ArchiveAsync(room, true));
        await Eventually.TrueAsync(() => screen.Rows.Count == 0, "it leaves the open list");
        Assert.Equal(room, Assert.Single(await ana.Inbox.ListAsync(InboxFilter.Archived)).RoomId);
        Assert.Single(await ana.Inbox.PageAsync());
        await bruno.SaysAsync(room, "¿Hola?");
        await Eventually.TrueAsync(() => screen.Rows is [{ Unread: 2 }], "it is back");
        Assert.Empty(await ana.Inbox.ListAsync(InboxFilter.Archived));
    }

    [Theory, Databases]
    public async Task A_pinned_conversation_stays_on_top(DatabaseProvider provider)
    {
        var (ana, bruno, first) = await TalkAsync(provider);
        await ana.Get<MembershipService>().PinAsync(first, true);
        using var screen = ana.Inbox.Open(ana.RunAsync);
        await screen.LoadAsync();
        var second = await bruno.ContactsAsync(await ana.SellsAsync("Mesa"));
        await bruno.SaysAsync(second, "¿Y la mesa?");
        await Eventually.TrueAsync(() => screen.Rows.Count == 2, "the new one is in the list");
        Assert.Equal([first, second], screen.Rows.Select(row => row.RoomId));
        Assert.Equal([first, second], (await ana.Inbox.ListAsync(InboxFilter.All)).Select(row => row.RoomId));
        Assert.Equal([second, first], (await ana.Inbox.PageAsync()).Select(row => row.RoomId));
    }

    [Theory, Databases]
    public async Task Marking_as_unread_counts_as_one_and_changes_no_receipt(DatabaseProvider provider)
    {
        var (ana, bruno, room) = await TalkAsync(provider);
        await ana.Chat.MarkReadAsync(room, 1);
        await ana.Get<MembershipService>().MarkUnreadAsync(room);
        Assert.Equal(1, await ana.UnreadAsync());
        Assert.Single(await ana.Inbox.ListAsync(InboxFilter.Unread));
        using var screen = bruno.Chat.Open(room, null);
        await screen.LoadAsync();
        Assert.Equal(1, screen.Room!.Other(bruno.Id).ReadSeq);
        await ana.Chat.MarkReadAsync(room, 1);
        Assert.Equal(0, await ana.UnreadAsync());
    }

    [Theory, Databases]
    public async Task Lists_show_what_their_filter_says(DatabaseProvider provider)
    {
        var (ana, bruno, selling) = await TalkAsync(provider);
        var buying = await ana.ContactsAsync(await bruno.SellsAsync("Lámpara"));
        await ana.SaysAsync(buying, "¿Funciona?");
        await ana.Chat.MarkReadAsync(selling, 1);
        Assert.Equal([buying], Rooms(await ana.Inbox.ListAsync(InboxFilter.Buying)));
        Assert.Equal([selling], Rooms(await ana.Inbox.ListAsync(InboxFilter.Selling)));
        Assert.Empty(await ana.Inbox.ListAsync(InboxFilter.Unread));
        Assert.Equal([buying], Rooms(await bruno.Inbox.ListAsync(InboxFilter.Unread)));
        Assert.Equal([buying], Rooms(await ana.Get<SearchService>().ConversationsAsync("lamp")));
        Assert.Equal([buying, selling], Rooms(await ana.Get<SearchService>().ConversationsAsync("BRU")));
    }

    [Theory, Databases]
    public async Task Who_asked_about_a_listing_stands_in_the_order_of_waiting(DatabaseProvider provider)
    {
        var app = apps[provider];
        var ana = await app.JoinAsync("Ana");
        var listing = await ana.SellsAsync();
        var rooms = new List<long>();
        var (bruno, dora, elsa) = (
            await app.JoinAsync("Bruno"),
            await app.JoinAsync("Dora"),
            await app.JoinAsync("Elsa")
        );
        foreach (var person in new[] { bruno, dora, elsa })
        {
            rooms.Add(await person.ContactsAsync(listing));
            await person.SaysAsync(rooms[^1], "¿Sigue disponible?");
        }
        await ana.SaysAsync(rooms[0], "Sí");
        Assert.Equal([rooms[1], rooms[2], rooms[0]], Rooms(await ana.Inbox.WaitingAsync(listing)));
        Assert.Equal(listing, Assert.Single(await ana.Inbox.ListingsWithEnquiriesAsync()).ListingId);
        // Asking again keeps the place in the queue; an answer loses it.
        await dora.SaysAsync(rooms[1], "¿Hola?");
        Assert.Equal([rooms[1], rooms[2], rooms[0]], Rooms(await ana.Inbox.WaitingAsync(listing)));
        await ana.SaysAsync(rooms[1], "Sí");
        await dora.SaysAsync(rooms[1], "¿Cuánto pesa?");
        Assert.Equal([rooms[2], rooms[1], rooms[0]], Rooms(await ana.Inbox.WaitingAsync(listing)));
    }

    [Theory, Databases]
    public async Task A_draft_is_on_the_other_device_too(DatabaseProvider provider)
    {
        var (ana, _, room) = await TalkAsync(provider);
        await ana.Get<MembershipService>().KeepDraftAsync(room, "Pues mira, ");
        var phone = await ana.App.EnterAsync(ana.Id);
        Assert.Equal("Pues mira, ", await phone.Get<MembershipService>().DraftAsync(room));
        Assert.NotNull((await phone.Inbox.RowAsync(room))!.Draft);
        await phone.Get<MembershipService>().KeepDraftAsync(room, " ");
        Assert.Null(await ana.Get<MembershipService>().DraftAsync(room));
    }

    [Theory, Databases]
    public async Task A_draft_tells_lists_only_what_they_show_of_it(DatabaseProvider provider)
    {
        var (ana, _, room) = await TalkAsync(provider);
        var told = new ConcurrentQueue<object>();
        using var listening = ana.Get<Broadcaster>()
            .Subscribe(
                [ChatTopics.Person(ana.Id)],
                one =>
                {
                    told.Enqueue(one);
                    return Task.CompletedTask;
                }
            );
        var shown = new string('a', RoomQueries.DraftShown);
        await ana.Get<MembershipService>().KeepDraftAsync(room, shown);
        await ana.Get<MembershipService>().KeepDraftAsync(room, $"{shown} y lo que sigue");
        await ana.Get<MembershipService>().KeepDraftAsync(room, null);
        await Eventually.TrueAsync(() => told.Count >= 2, "it was told that the draft began and ended");
        Assert.Equal([shown, null], told.Cast<MembershipChanged>().Select(changed => changed.Marks!.Draft));
        Assert.Null(await ana.Get<MembershipService>().DraftAsync(room));
    }

    [Theory, Databases]
    public async Task A_sale_is_told_to_the_buyer_and_once_to_everybody_else_who_asked(DatabaseProvider provider)
    {
        var app = apps[provider];
        var (ana, bruno, dora) = (
            await app.JoinAsync("Ana"),
            await app.JoinAsync("Bruno"),
            await app.JoinAsync("Dora")
        );
        var listing = await ana.SellsAsync();
        var (his, hers) = (await bruno.ContactsAsync(listing), await dora.ContactsAsync(listing));
        await bruno.SaysAsync(his, "¿Me lo quedo?");
        await dora.SaysAsync(hers, "¿Sigue disponible?");
        using var screen = bruno.Chat.Open(his, bruno.RunAsync);
        await screen.LoadAsync();
        using var list = dora.Inbox.Open(dora.RunAsync);
        await list.LoadAsync();
        Assert.NotNull((await bruno.Get<DealService>().MakeAsync(his, Settling.Sell)).Refusal);
        Assert.Null((await ana.Get<DealService>().MakeAsync(his, Settling.Reserve)).Refusal);
        Assert.Null((await ana.Get<DealService>().MakeAsync(his, Settling.Sell)).Refusal);
        Assert.Null((await ana.Get<DealService>().MakeAsync(his, Settling.Sell)).Refusal);
        Assert.Equal(
            [MessageKind.Text, MessageKind.Reserved, MessageKind.SoldHere],
            (await bruno.Chat.HistoryAsync(his, new())).Value!.Select(message => message.Kind)
        );
        Assert.Equal(
            [MessageKind.Text, MessageKind.SoldElsewhere],
            (await dora.Chat.HistoryAsync(hers, new())).Value!.Select(message => message.Kind)
        );
        await Eventually.TrueAsync(() => screen.Room!.State == ListingState.Sold, "the open header says it");
        await Eventually.TrueAsync(() => list.Rows[0].State == ListingState.Sold, "the open list says it");
        Assert.Null((await ana.Get<DealService>().MakeAsync(his, Settling.Release)).Refusal);
        Assert.Null((await ana.Get<DealService>().MakeAsync(his, Settling.Release)).Refusal);
        Assert.Equal(MessageKind.Released, (await bruno.Chat.HistoryAsync(his, new())).Value![^1].Kind);
        // Those told of the sale are told of its release, and of the next sale, even to the same buyer.
        Assert.Equal(
            [MessageKind.Text, MessageKind.SoldElsewhere, MessageKind.Released],
            (await dora.Chat.HistoryAsync(hers, new())).Value!.Select(message => message.Kind)
        );
        Assert.Equal(ListingState.Active, (await bruno.Inbox.RowAsync(his))!.State);
        Assert.Null((await ana.Get<DealService>().MakeAsync(his, Settling.Sell)).Refusal);
        Assert.Equal(MessageKind.SoldElsewhere, (await dora.Chat.HistoryAsync(hers, new())).Value![^1].Kind);
    }

    [Theory, Databases]
    public async Task Nobody_touches_a_seat_of_somebody_else(DatabaseProvider provider)
    {
        var (ana, _, room) = await TalkAsync(provider);
        var dora = await ana.App.JoinAsync("Dora");
        Assert.False(await dora.Get<MembershipService>().PinAsync(room, true));
        Assert.False(await dora.Get<MembershipService>().KeepDraftAsync(room, "?"));
        Assert.Null(await dora.Get<MembershipService>().DraftAsync(room));
        Assert.Equal(Shelf.Open, (await ana.Inbox.RowAsync(room))!.Shelf);
    }

    private static IEnumerable<long> Rooms(IEnumerable<InboxRowView> rows) => rows.Select(row => row.RoomId);

    private async Task<(Person Ana, Person Bruno, long Room)> TalkAsync(DatabaseProvider provider)
    {
        var app = apps[provider];
        var (ana, bruno, room) = await app.TalkAsync();
        await bruno.SaysAsync(room, "¿Sigue disponible?");
        return (ana, bruno, room);
    }
}
