using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Marketplace.Web.Safety;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Safety;

/// <summary>Ana sells, Bruno asks, and one of them has had enough.</summary>
public sealed class BlockTests(Apps apps) : IClassFixture<Apps>
{
    private const string Neutral = "No se puede escribir en esta conversación.";

    private MarketplaceApp app = default!;
    private Person ana = default!;
    private Person bruno = default!;
    private long bike;
    private long room;

    [Theory, Databases]
    public async Task Neither_writes_to_the_other_until_it_ends_and_both_go_on_reading(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        foreach (var (blocker, other) in new[] { (ana, bruno), (bruno, ana) })
        {
            Assert.Null(await BlockAsync(blocker, other));
            foreach (var person in new[] { ana, bruno })
            {
                var refusal = (await person.Chat.SendAsync(room, Guid.NewGuid(), "¿Hola?")).Refusal!;
                Assert.Equal((RefusalKind.Invalid, Neutral), (refusal.Kind, refusal.Text));
                Assert.NotEmpty((await person.Chat.HistoryAsync(room, new())).Value!);
            }
            Assert.Null(await UnblockAsync(blocker, other));
            await ana.SaysAsync(room, "Vale");
            await bruno.SaysAsync(room, "Vale");
        }
    }

    [Theory, Databases]
    public async Task It_holds_in_all_conversations_of_the_two_whoever_sells_and_in_no_other(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        var his = await ana.ContactsAsync(await bruno.SellsAsync("Mesa"));
        var dora = await app.JoinAsync("Dora");
        var hers = await dora.ContactsAsync(bike);
        await BlockAsync(bruno, ana);
        Assert.Equal(Neutral, (await ana.Chat.SendAsync(his, Guid.NewGuid(), "Hola")).Refusal!.Text);
        Assert.Equal(Neutral, (await ana.Chat.SendAsync(room, Guid.NewGuid(), "Hola")).Refusal!.Text);
        await dora.SaysAsync(hers, "Hola");
        await ana.SaysAsync(hers, "Hola");
    }

    [Theory, Databases]
    public async Task Where_both_block_one_end_is_not_enough(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        await BlockAsync(ana, bruno);
        await BlockAsync(bruno, ana);
        await UnblockAsync(ana, bruno);
        Assert.Equal(Neutral, (await ana.Chat.SendAsync(room, Guid.NewGuid(), "Hola")).Refusal!.Text);
        await UnblockAsync(bruno, ana);
        await ana.SaysAsync(room, "Hola");
    }

    [Theory, Databases]
    public async Task No_new_conversation_begins_and_an_old_one_opens(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        var (table, lamp) = (await ana.SellsAsync("Mesa"), await bruno.SellsAsync("Lámpara"));
        await BlockAsync(ana, bruno);
        foreach (var (person, listing) in new[] { (bruno, table), (ana, lamp) })
        {
            var refusal = (await person.Get<ContactService>().ContactAsync(listing)).Refusal!;
            Assert.Equal(RefusalKind.Forbidden, refusal.Kind);
            Assert.Equal("No puedes abrir una conversación sobre este anuncio.", refusal.Text);
        }
        Assert.Equal(room, await bruno.ContactsAsync(bike));
        await UnblockAsync(ana, bruno);
        await bruno.ContactsAsync(table);
    }

    [Theory, Databases]
    public async Task What_was_said_can_be_taken_back_but_neither_corrected_nor_answered_by_a_sign(
        DatabaseProvider provider
    )
    {
        await BeginAsync(provider);
        var hers = await ana.SaysAsync(room, "Sí");
        await ana.Get<MessageService>().ReactAsync(room, 1, "👍");
        await BlockAsync(bruno, ana);
        var messages = ana.Get<MessageService>();
        Assert.Equal(Neutral, (await messages.EditAsync(room, hers.Seq, "No")).Refusal!.Text);
        Assert.Equal(Neutral, (await messages.ReactAsync(room, 1, "😢")).Refusal!.Text);
        Assert.Null((await messages.ReactAsync(room, 1, null)).Value!.Reactions);
        Assert.NotNull((await messages.DeleteAsync(room, hers.Seq)).Value!.DeletedAt);
    }

    [Theory, Databases]
    public async Task Nothing_is_reserved_for_or_sold_to_the_other_and_no_line_tells_them(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        await ana.SettlesAsync(bike, ListingState.Reserved, bruno.Id);
        await BlockAsync(bruno, ana);
        var deals = ana.Get<IDeals>();
        var refusal = (await deals.SettleAsync(bike, ListingState.Sold, bruno.Id)).Refusal!;
        Assert.Equal(RefusalKind.Forbidden, refusal.Kind);
        Assert.Empty(await ana.Get<IEnquiries>().AskersAsync(bike, ana.Id));
        await ana.SettlesAsync(bike, ListingState.Active);
        Assert.False((await deals.SettleAsync(bike, ListingState.Reserved, bruno.Id)).Succeeded);
        await ana.SettlesAsync(bike, ListingState.Sold);
        Assert.Equal(ListingState.Sold, (await ana.Listings.FindAsync(bike))!.State);
        var kinds = (await bruno.Chat.HistoryAsync(room, new())).Value!.Select(message => message.Kind);
        Assert.Equal([MessageKind.Text, MessageKind.Reserved], kinds);
    }

    [Fact]
    public async Task What_was_accepted_before_stays_and_nothing_is_accepted_after()
    {
        await BeginAsync(DatabaseProvider.Sqlite);
        for (var round = 0; round < 5; round++)
        {
            var (last, from) = (await LastAsync(), (await LastAsync()) + 1);
            var sends = Enumerable.Range(0, 60).Select(i => Send(i % 2 == 0 ? ana : bruno)).ToList();
            await BlockAsync(ana, bruno);
            last = await LastAsync();
            sends.AddRange(Enumerable.Range(0, 60).Select(i => Send(i % 2 == 0 ? ana : bruno)));
            var sent = await Task.WhenAll(sends);
            Assert.All(sent[60..], one => Assert.Equal(Neutral, one.Refusal!.Text));
            Assert.Equal(last, await LastAsync());
            var accepted = sent.Where(one => one.Succeeded).Select(one => one.Value!.Message.Seq).Order();
            Assert.Equal(Enumerable.Range(0, (int)(last - from + 1)).Select(i => from + i), accepted);
            await UnblockAsync(ana, bruno);
        }

        Task<Outcome<SentView>> Send(Person person) =>
            Task.Run(() => person.Chat.SendAsync(room, Guid.NewGuid(), "Hola"));
    }

    [Fact]
    public async Task Rooms_that_begin_while_one_blocks_the_other_take_no_message_after()
    {
        await BeginAsync(DatabaseProvider.Sqlite);
        var listings = new List<long>();
        for (var i = 0; i < 8; i++)
            listings.Add(await ana.SellsAsync($"Silla {i}"));
        var contacts = listings.Select(one => Task.Run(() => bruno.Get<ContactService>().ContactAsync(one))).ToList();
        await BlockAsync(ana, bruno);
        foreach (var made in (await Task.WhenAll(contacts)).Where(made => made.Succeeded))
            Assert.Equal(
                Neutral,
                (await bruno.Chat.SendAsync(made.Value!.RoomId, Guid.NewGuid(), "Hola")).Refusal!.Text
            );
    }

    [Fact]
    public async Task Open_screens_of_both_learn_it_at_once_and_a_third_person_nothing()
    {
        await BeginAsync(DatabaseProvider.Sqlite);
        var dora = await app.JoinAsync("Dora");
        await dora.SaysAsync(await dora.ContactsAsync(bike), "Hola");
        var heard = new List<object>();
        using var listening = await dora.Inbox.ListenAsync(told =>
        {
            heard.Add(told);
            return Task.CompletedTask;
        });
        using var hers = await OpenAsync(ana);
        using var his = await OpenAsync(bruno);
        await BlockAsync(bruno, ana);
        await Eventually.TrueAsync(() => hers.Room!.IsBlocked && his.Room!.IsBlocked, "both screens know");
        Assert.True(his.Room!.IsBlockedBy(bruno.Id));
        Assert.False(hers.Room!.IsBlockedBy(ana.Id));
        await UnblockAsync(bruno, ana);
        await Eventually.TrueAsync(() => !hers.Room!.IsBlocked && !his.Room!.IsBlocked, "and that it is over");
        await ana.SaysAsync(room, "Hola");
        await Eventually.TrueAsync(() => his.Window.LastSeq == 2, "what is said next is there");
        Assert.Empty(heard);
    }

    [Fact]
    public async Task Neither_sees_the_other_here_writing_or_reading()
    {
        await BeginAsync(DatabaseProvider.Sqlite);
        var presence = app.Services.GetService(typeof(Presence)) as Presence;
        using var isHere = presence!.Enter(ana.Id);
        using var isThere = presence.Enter(bruno.Id);
        using var hers = await OpenAsync(ana);
        using var his = await OpenAsync(bruno);
        Assert.True(hers.Peer.IsOnline && his.Peer.IsOnline);
        Assert.Equal(Receipt.Delivered, his.Receipt(his.Window.Messages[0]));
        await BlockAsync(ana, bruno);
        await Eventually.TrueAsync(() => hers.Room!.IsBlocked && his.Room!.IsBlocked, "both screens know");
        await ana.Chat.TypingAsync(room);
        Assert.Null(await ana.Chat.MarkReadAsync(room, 1));
        foreach (var (screen, person) in new[] { (hers, ana), (his, bruno) })
        {
            Assert.False(screen.Peer.IsOnline || screen.Peer.IsTyping);
            Assert.Null(screen.Peer.SeenAt);
            Assert.Empty(await person.Inbox.OnlineAsync(await person.Inbox.RowsAsync([room])));
        }
        Assert.Equal(Receipt.Sent, his.Receipt(his.Window.Messages[0]));
        Assert.Equal(0, (await ana.Inbox.RowAsync(room))!.Unread);
        await UnblockAsync(ana, bruno);
        await Eventually.TrueAsync(() => his.Peer.IsOnline, "they see each other again");
        // What was read meanwhile is not told afterwards.
        Assert.Equal(Receipt.Delivered, his.Receipt(his.Window.Messages[0]));
    }

    [Fact]
    public async Task Programs_are_told_nothing_of_it()
    {
        await BeginAsync(DatabaseProvider.Sqlite);
        var token = (await bruno.ClientAsync()).DefaultRequestHeaders.Authorization!.Parameter!;
        await using var his = await HubClient.ConnectAsync(app, token);
        await BlockAsync(ana, bruno);
        Assert.Null(await ana.Chat.MarkReadAsync(room, 1));
        await UnblockAsync(ana, bruno);
        await ana.SaysAsync(room, "Hola");
        await Eventually.TrueAsync(() => his.Events.Any(told => told.Target == "MessagePosted"), "what came after");
        Assert.Single(his.Events);
    }

    [Fact]
    public async Task An_administrator_reads_the_room_as_before()
    {
        await BeginAsync(DatabaseProvider.Sqlite);
        var carla = await app.JoinAsync("Carla", administrator: true);
        await BlockAsync(ana, bruno);
        using var screen = carla.LooksAt(room);
        Assert.True(await screen.LoadAsync());
        Assert.NotEmpty(screen.Window.Messages);
    }

    [Theory, Databases]
    public async Task Whom_one_blocks_is_listed_to_oneself_and_twice_is_once(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        Assert.Null(await BlockAsync(ana, bruno));
        Assert.Null(await BlockAsync(ana, bruno));
        Assert.Equal([(bruno.Id, "Bruno")], (await ListAsync(ana)).Select(one => (one.Id, one.Name)));
        Assert.Empty(await ListAsync(bruno));
        Assert.True((await ana.Get<BlockService>().FindAsync(bruno.Id))!.IsBlocked);
        Assert.False((await bruno.Get<BlockService>().FindAsync(ana.Id))!.IsBlocked);
        await UnblockAsync(ana, bruno);
        Assert.Null(await UnblockAsync(ana, bruno));
        Assert.Empty(await ListAsync(ana));
    }

    [Fact]
    public async Task Nobody_blocks_themselves_somebody_who_is_not_there_or_everybody()
    {
        await BeginAsync(DatabaseProvider.Sqlite);
        Assert.Equal(RefusalKind.Invalid, (await BlockAsync(ana, ana))?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await ana.Get<BlockService>().BlockAsync(long.MaxValue))?.Kind);
        await using var db = app.Look();
        var some = await db.Users.Where(user => user.Id != ana.Id && user.Id != bruno.Id).ToListAsync();
        var missing = BlockService.MaxBlocks - some.Count;
        for (var i = 0; i < missing; i++)
            db.Users.Add(new() { UserName = $"many{i}@test.local", DisplayName = $"Persona {i}" });
        await db.SaveChangesAsync();
        var all = await db
            .Users.Where(user => user.Id != ana.Id && user.Id != bruno.Id)
            .Take(BlockService.MaxBlocks)
            .ToListAsync();
        db.Blocks.AddRange(all.Select(user => new Block { BlockerId = ana.Id, BlockedId = user.Id }));
        await db.SaveChangesAsync();
        var refusal = (await BlockAsync(ana, bruno))!;
        Assert.Equal(RefusalKind.Invalid, refusal.Kind);
        Assert.Contains("1000", refusal.Text);
    }

    private async Task BeginAsync(DatabaseProvider provider)
    {
        app = apps[provider];
        (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        bike = await ana.SellsAsync();
        room = await bruno.ContactsAsync(bike);
        await bruno.SaysAsync(room, "¿Sigue a la venta?");
    }

    private async Task<RoomSession> OpenAsync(Person person)
    {
        var screen = person.Chat.Open(room, person.RunAsync);
        Assert.True(await screen.LoadAsync());
        return screen;
    }

    private async Task<long> LastAsync() => (await ana.Chat.HistoryAsync(room, new(Limit: 1))).Value![^1].Seq;

    private static Task<Refusal?> BlockAsync(Person person, Person other) =>
        person.Get<BlockService>().BlockAsync(other.Id);

    private static Task<Refusal?> UnblockAsync(Person person, Person other) =>
        person.Get<BlockService>().UnblockAsync(other.Id);

    private static Task<IReadOnlyList<BlockView>> ListAsync(Person person) => person.Get<BlockService>().ListAsync();
}
