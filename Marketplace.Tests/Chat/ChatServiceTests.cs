using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Chat;

public sealed class ChatServiceTests(Apps apps) : IClassFixture<Apps>
{
    [Theory, Databases]
    public async Task Sixty_four_presses_of_Contactar_make_one_room(DatabaseProvider provider)
    {
        var (app, ana, bruno) = await CastAsync(provider);
        var listing = await ana.SellsAsync();
        var contacts = await Task.WhenAll(
            Enumerable.Range(0, 64).Select(_ => bruno.Get<ContactService>().ContactAsync(listing))
        );
        Assert.Single(contacts.Select(contact => contact.Value!.RoomId).Distinct());
        Assert.Single(contacts, contact => contact.Value!.Created);
        await using var db = app.Look();
        Assert.Equal(1, await db.Rooms.CountAsync(room => room.ListingId == listing));
    }

    [Theory, Databases]
    public async Task Sending_twice_is_sending_once(DatabaseProvider provider)
    {
        var (_, ana, bruno) = await CastAsync(provider);
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        var id = Guid.NewGuid();
        var sends = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => bruno.Chat.SendAsync(room, id, "Hola")));
        Assert.All(sends, sent => Assert.Equal(1, sent.Value!.Message.Seq));
        Assert.Single(sends, sent => !sent.Value!.Repeated);
        Assert.Single((await bruno.Chat.HistoryAsync(room, new MessageRange())).Value!);
    }

    [Theory, Databases]
    public async Task Messages_of_many_senders_get_their_places_without_a_hole(DatabaseProvider provider)
    {
        var (_, ana, bruno) = await CastAsync(provider);
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => (i % 2 == 0 ? ana : bruno).SaysAsync(room, $"{i}")));
        var history = (await ana.Chat.HistoryAsync(room, new MessageRange(Limit: 100))).Value!;
        Assert.Equal(Enumerable.Range(1, 60).Select(i => (long)i), history.Select(message => message.Seq));
        Assert.Equal(60, history.Select(message => message.Body).Distinct().Count());
    }

    [Theory, Databases]
    public async Task What_one_sends_the_other_sees_on_the_open_screen(DatabaseProvider provider)
    {
        var (_, ana, bruno) = await CastAsync(provider);
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        using var screen = ana.Chat.Open(room, ana.RunAsync);
        Assert.True(await screen.LoadAsync());
        await bruno.SaysAsync(room, "¿Sigue disponible?");
        await Eventually.TrueAsync(() => screen.Window.Messages.Count == 1, "Ana's screen shows it");
        Assert.Equal("Bruno", screen.Window.Messages[0].SenderName);
        Assert.Equal(DateTimeKind.Utc, screen.Window.Messages[0].SentAt.Kind);
    }

    [Theory, Databases]
    public async Task A_stranger_neither_reads_nor_writes_nor_hears(DatabaseProvider provider)
    {
        var (app, ana, bruno) = await CastAsync(provider);
        var dora = await app.JoinAsync("Dora");
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        await bruno.SaysAsync(room, "Hola");
        using var screen = dora.Chat.Open(room, dora.RunAsync);
        Assert.False(await screen.LoadAsync());
        foreach (var place in new[] { room, long.MaxValue })
        {
            Assert.Equal(RefusalKind.NotFound, (await dora.Chat.SendAsync(place, Guid.NewGuid(), "?")).Refusal?.Kind);
            Assert.Equal(RefusalKind.NotFound, (await dora.Chat.HistoryAsync(place, new())).Refusal?.Kind);
            Assert.Equal(RefusalKind.NotFound, (await dora.Chat.MarkReadAsync(place, 1))?.Kind);
        }
        Assert.Empty(screen.Window.Messages);
    }

    [Theory, Databases]
    public async Task Unread_is_what_others_wrote_above_the_read_mark(DatabaseProvider provider)
    {
        var (_, ana, bruno) = await CastAsync(provider);
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        await bruno.SaysAsync(room, "uno");
        await ana.SaysAsync(room, "dos");
        await bruno.SaysAsync(room, "tres");
        Assert.Equal(2, await ana.UnreadAsync());
        Assert.Equal(1, await bruno.UnreadAsync());
        await ana.Chat.MarkReadAsync(room, 1);
        Assert.Equal(1, await ana.UnreadAsync());
        await ana.Chat.MarkReadAsync(room, long.MaxValue);
        await ana.Chat.MarkReadAsync(room, 1);
        Assert.Equal(0, await ana.UnreadAsync());
        await bruno.SaysAsync(room, "cuatro");
        Assert.Equal(1, Assert.Single(await ana.Inbox.PageAsync()).Unread);
    }

    [Theory, Databases]
    public async Task An_empty_room_shows_to_its_buyer_only(DatabaseProvider provider)
    {
        var (_, ana, bruno) = await CastAsync(provider);
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        Assert.Empty(await ana.Inbox.PageAsync());
        Assert.Equal(room, Assert.Single(await bruno.Inbox.PageAsync()).RoomId);
        await bruno.SaysAsync(room, "Hola");
        Assert.Equal("Bruno", Assert.Single(await ana.Inbox.PageAsync()).OtherName);
    }

    [Theory, Databases]
    public async Task The_list_goes_by_the_newest_message_and_pages_by_key(DatabaseProvider provider)
    {
        var (_, ana, bruno) = await CastAsync(provider);
        var rooms = new List<long>();
        for (var i = 0; i < 5; i++)
            rooms.Add(await bruno.ContactsAsync(await ana.SellsAsync($"Cosa {i}")));
        foreach (var room in rooms)
            await bruno.SaysAsync(room, "Hola");
        await ana.SaysAsync(rooms[0], "Dime");
        var first = await ana.Inbox.PageAsync(limit: 2);
        var second = await ana.Inbox.PageAsync(first[^1], limit: 10);
        Assert.Equal(
            [rooms[0], rooms[4], rooms[3], rooms[2], rooms[1]],
            first.Concat(second).Select(row => row.RoomId)
        );
    }

    [Theory, Databases]
    public async Task The_first_message_keeps_what_the_buyer_saw(DatabaseProvider provider)
    {
        var (app, ana, bruno) = await CastAsync(provider);
        var listing = await ana.SellsAsync("Sofá gris", "180");
        var room = await bruno.ContactsAsync(listing);
        await bruno.SaysAsync(room, "Hola");
        var form = ListingForm.Of((await ana.Listings.FindAsync(listing))!);
        (form.Title, form.Price) = ("Otro sofá", "250");
        await ana.Listings.EditAsync(listing, form);
        await bruno.SaysAsync(room, "¿250?");
        await using var db = app.Look();
        var snapshot = (await db.Rooms.SingleAsync(r => r.Id == room)).Snapshot!;
        Assert.Contains("Sofá gris", System.Text.RegularExpressions.Regex.Unescape(snapshot));
        Assert.Contains("18000", snapshot);
    }

    [Theory, Databases]
    public async Task Texts_that_are_no_message_get_a_sentence(DatabaseProvider provider)
    {
        var (_, ana, bruno) = await CastAsync(provider);
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        foreach (var text in new[] { "", "  \n ", new string('a', 4_001), "a\0b", "\ud83d", "\u200b\u2060 " })
        {
            var refusal = (await bruno.Chat.SendAsync(room, Guid.NewGuid(), text)).Refusal;
            Assert.Equal(RefusalKind.Invalid, refusal?.Kind);
            Assert.NotEmpty(refusal!.Text);
        }
        Assert.Equal(RefusalKind.Invalid, (await bruno.Chat.SendAsync(room, Guid.Empty, "Hola")).Refusal?.Kind);
        foreach (var text in new[] { new string('ñ', 4_000), "<script>alert(1)</script>", "👍🏽", "שלום, 5 €" })
            Assert.Equal(text, (await bruno.SaysAsync(room, text)).Body);
    }

    [Theory, Databases]
    public async Task Nobody_contacts_themselves_or_a_withdrawn_listing(DatabaseProvider provider)
    {
        var (_, ana, bruno) = await CastAsync(provider);
        var listing = await ana.SellsAsync();
        Assert.Equal(RefusalKind.Forbidden, (await ana.Get<ContactService>().ContactAsync(listing)).Refusal?.Kind);
        Assert.Equal(
            RefusalKind.NotFound,
            (await bruno.Get<ContactService>().ContactAsync(long.MaxValue)).Refusal?.Kind
        );
        await ana.SettlesAsync(listing, ListingState.Withdrawn);
        Assert.Equal(RefusalKind.Invalid, (await bruno.Get<ContactService>().ContactAsync(listing)).Refusal?.Kind);
    }

    [Theory, Databases]
    public async Task History_is_read_by_key_in_every_direction(DatabaseProvider provider)
    {
        var (_, ana, bruno) = await CastAsync(provider);
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        for (var i = 1; i <= 6; i++)
            await bruno.SaysAsync(room, $"{i}");
        Assert.Equal([5, 6], await SeqsAsync(new(Limit: 2)));
        Assert.Equal([3, 4], await SeqsAsync(new(Before: 5, Limit: 2)));
        Assert.Equal([3, 4], await SeqsAsync(new(After: 2, Limit: 2)));
        Assert.Equal([5, 6], await SeqsAsync(new(ChangedAfter: 4)));
        var third = (await ana.Chat.HistoryAsync(room, new(After: 2, Limit: 1))).Value![0].SentAt;
        Assert.Equal([3, 4, 5, 6], await SeqsAsync(new(From: third)));
        Assert.Equal([1, 2], await SeqsAsync(new(From: DateTime.UnixEpoch, Limit: 2)));
        Assert.Empty(await SeqsAsync(new(From: third.AddYears(1))));

        async Task<IEnumerable<long>> SeqsAsync(MessageRange window) =>
            (await ana.Chat.HistoryAsync(room, window)).Value!.Select(message => message.Seq);
    }

    private async Task<(MarketplaceApp App, Person Ana, Person Bruno)> CastAsync(DatabaseProvider provider)
    {
        var app = apps[provider];
        return (app, await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
    }
}
