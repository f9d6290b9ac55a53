using Bunit;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Composer;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Shared;

namespace Marketplace.Tests.Chat;

public sealed class MessageTextTests : IAsyncLifetime
{
    private readonly MarketplaceApp app = new();
    private Person ana = default!;
    private Person bruno = default!;
    private long room;

    public async Task InitializeAsync()
    {
        (ana, bruno, room) = await app.TalkAsync();
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Theory]
    [InlineData(
        "Mira https://example.com/a?b=1&c=2.",
        "https://example.com/a?b=1&c=2",
        "https://example.com/a?b=1&c=2"
    )]
    [InlineData("(www.example.com)", "https://www.example.com/", "www.example.com")]
    [InlineData("HTTP://EXAMPLE.COM/x", "http://example.com/x", "HTTP://EXAMPLE.COM/x")]
    [InlineData(
        "https://es.wikipedia.org/wiki/Rueda_(mito)",
        "https://es.wikipedia.org/wiki/Rueda_(mito)",
        "https://es.wikipedia.org/wiki/Rueda_(mito)"
    )]
    public async Task An_address_is_a_link_that_tells_its_target_nothing(string text, string target, string shown)
    {
        var link = (await RowAsync(text)).Find(".body a");
        Assert.Equal(target, link.GetAttribute("href"));
        Assert.Equal(shown, link.TextContent);
        Assert.Equal("noopener noreferrer nofollow ugc", link.GetAttribute("rel"));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("https://")]
    [InlineData("un punto.y seguido")]
    public async Task Whatever_else_is_text(string text)
    {
        var row = await RowAsync(text);
        Assert.Empty(row.FindAll(".body a"));
        Assert.Equal(text, row.Find(".body").TextContent);
    }

    [Fact]
    public async Task Markup_in_a_text_or_an_address_stays_text()
    {
        const string text = "<b>x</b> https://example.com/\"onmouseover=\"alert(1) <img src=x onerror=alert(1)>";
        var row = await RowAsync(text);
        Assert.Empty(row.FindAll(".body b, .body img, [onmouseover]"));
        Assert.Equal(text, row.Find(".body").TextContent);
    }

    [Fact]
    public async Task What_a_search_led_to_is_marked_in_its_row_also_within_a_link()
    {
        const string text = "La BATERÍA <b>1</b> de https://example.com/bateria?b=1, ¿bien?";
        var row = await RowAsync(text, "bateria b 1");
        Assert.Equal(text, row.Find(".body").TextContent);
        Assert.Equal(["BATERÍA", "b", "1", "b", "bateria", "b", "1"], row.FindAll("mark").Select(m => m.TextContent));
        Assert.Equal(["bateria", "b", "1"], row.FindAll("a mark").Select(mark => mark.TextContent));
        row.Render(p => p.Add(r => r.Model, row.Instance.Model with { SearchWords = null }));
        Assert.Empty(row.FindAll("mark"));
    }

    [Fact]
    public async Task Only_the_message_that_a_search_led_to_is_marked_and_until_the_next_search()
    {
        await bruno.SaysAsync(room, "¿La batería?");
        await bruno.SaysAsync(room, "¡La batería!");
        await using var hers = new Screen(ana);
        var pane = hers.Render<RoomPane>(p =>
            p.Add(m => m.RoomId, room).Add(m => m.At, 1).Add(m => m.SearchWords, SearchWord.Of("bateria"))
        );
        Assert.Equal("batería", pane.WaitForElement("[data-seq='1'] mark").TextContent);
        Assert.Single(pane.FindAll("mark"));
        pane.Render(p => p.Add(m => m.SearchWords, SearchWord.Of("rueda")));
        Assert.Empty(pane.FindAll("mark"));
    }

    [Fact]
    public async Task A_link_to_a_listing_of_ours_shows_its_card_and_no_other_does()
    {
        var listing = await ana.SellsAsync("Mesa de roble", "95");
        await ana.SaysAsync(room, $"Tengo también http://localhost/listings/{listing}");
        await ana.SaysAsync(room, $"y http://evil.example/listings/{listing}");
        await using var his = new Screen(bruno);
        var pane = his.Render<RoomPane>(p => p.Add(m => m.RoomId, room));
        var card = pane.WaitForElement("[data-seq='1'] .listing-card");
        Assert.Equal($"/listings/{listing}", card.GetAttribute("href"));
        Assert.Contains("Mesa de roble", card.TextContent);
        Assert.Empty(pane.FindAll("[data-seq='2'] .listing-card"));
    }

    [Fact]
    public async Task Whoever_supervises_reads_what_a_message_said_before_and_the_members_do_not()
    {
        var carla = await app.JoinAsync("Carla", administrator: true);
        var sent = await bruno.SaysAsync(room, "Te llamo al 600 000 000");
        await bruno.Get<MessageService>().EditAsync(room, sent.Seq, "Te llamo");
        await bruno.Get<MessageService>().DeleteAsync(room, sent.Seq);
        await using var hers = new Screen(carla);
        var seen = hers.Render<Marketplace.Web.Admin.Rooms.RoomPage>(p => p.Add(m => m.RoomId, room));
        seen.WaitForElement("input[value='Fraud']").Change("Fraud");
        await seen.Find("form").SubmitAsync();
        seen.WaitForAssertion(() =>
            Assert.Equal(["Te llamo al 600 000 000", "Te llamo"], seen.FindAll(".earlier p").Select(p => p.TextContent))
        );
        await using var anas = new Screen(ana);
        var pane = anas.Render<RoomPane>(p => p.Add(m => m.RoomId, room));
        pane.WaitForElement("[data-seq='1']");
        Assert.DoesNotContain("600 000 000", pane.Markup);
    }

    [Fact]
    public async Task What_the_buyer_saw_is_kept_and_a_change_since_then_is_told()
    {
        await bruno.SaysAsync(room, "¿Sigue disponible?");
        var listing = (await bruno.Inbox.RowAsync(room))!.ListingId;
        await using var his = new Screen(bruno);
        var pane = his.Render<RoomPane>(p => p.Add(m => m.RoomId, room));
        pane.WaitForElement("[data-seq='1']");
        Assert.Empty(pane.FindAll(".changed"));
        await ana.Listings.EditAsync(
            listing,
            new()
            {
                Title = "Bicicleta eléctrica",
                Description = "Con una rueda nueva.",
                Price = "150",
                Category = Marketplace.Web.Listings.Category.Bikes,
                Place = "Madrid",
            }
        );
        pane.WaitForAssertion(() =>
            Assert.Matches("El precio cambió de .*180.* a .*150", pane.Find(".changed").TextContent)
        );
        Assert.Equal("Casi nueva.", (await bruno.Chat.SeenListingAsync(room))!.Description);
        Assert.Null(await (await app.JoinAsync("Dora")).Chat.SeenListingAsync(room));
    }

    [Fact]
    public async Task Quick_replies_are_ones_own_and_kept_by_their_shortcut()
    {
        var service = ana.Get<QuickReplyService>();
        Assert.Null(await service.KeepAsync("Envío", "Sí, hago envíos."));
        Assert.Null(await service.KeepAsync("envio", "Envío por mensajería."));
        Assert.NotNull(await service.KeepAsync("/", "Nada"));
        Assert.NotNull(await service.KeepAsync("vacio", " "));
        var mine = Assert.Single(await service.ListAsync());
        Assert.Equal(("envio", "Envío por mensajería."), (mine.Shortcut, mine.Text));
        Assert.Empty(await bruno.Get<QuickReplyService>().ListAsync());
        await bruno.Get<QuickReplyService>().RemoveAsync(mine.Id);
        Assert.Single(await service.ListAsync());
    }

    [Fact]
    public async Task A_changed_quick_reply_takes_the_place_of_what_it_was()
    {
        var service = ana.Get<QuickReplyService>();
        for (var i = 0; i < QuickReplyService.MaxCount; i++)
            Assert.Null(await service.KeepAsync($"r{i}", "Hola"));
        var (first, second) = ((await service.ListAsync())[0], (await service.ListAsync())[1]);
        Assert.NotNull(await service.KeepAsync("nueva", "Adiós"));
        Assert.Null(await service.KeepAsync("nueva", "Adiós", first.Id));
        Assert.Equal(QuickReplyService.MaxCount, (await service.ListAsync()).Count);
        Assert.Null(await service.KeepAsync(second.Shortcut, "Hasta luego", first.Id));
        var kept = await service.ListAsync();
        Assert.Equal(QuickReplyService.MaxCount - 1, kept.Count);
        Assert.Equal("Hasta luego", Assert.Single(kept, reply => reply.Shortcut == second.Shortcut).Text);
        Assert.Null(await bruno.Get<QuickReplyService>().KeepAsync("mia", "Hola", second.Id));
        Assert.Equal(kept.Count, (await service.ListAsync()).Count);
    }

    [Theory]
    [InlineData("😂", true)]
    [InlineData("👍🏽👍🏽", true)]
    [InlineData("👨‍👩‍👧‍👦", true)]
    [InlineData("🇪🇸❤️🎉", true)]
    [InlineData("🎉🎉🎉🎉", false)]
    [InlineData("😂 ja", false)]
    [InlineData("123", false)]
    [InlineData("™", false)]
    [InlineData("", false)]
    public void One_to_three_emoji_alone_are_shown_large(string text, bool large) =>
        Assert.Equal(large, MessageText.IsEmoji(text));

    [Fact]
    public async Task A_long_text_is_cut_until_one_asks_for_the_rest()
    {
        Assert.Equal("Ver más", (await RowAsync(new string('a', 1300))).Find("details.rest summary").TextContent);
        Assert.NotNull((await RowAsync(string.Join('\n', Enumerable.Repeat("línea", 20)))).Find(".body.long"));
        Assert.Empty((await RowAsync("Corto")).FindAll("details.rest"));
    }

    private async Task<IRenderedComponent<MessageRow>> RowAsync(string text, string sought = "")
    {
        var message = await bruno.SaysAsync(room, text);
        return new Screen(ana).Render<MessageRow>(p =>
            p.Add(row => row.Model, new MessageRowModel(message) { SearchWords = SearchWord.Of(sought) })
        );
    }
}
