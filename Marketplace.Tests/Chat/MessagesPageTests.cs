using Bunit;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Composer;
using Marketplace.Web.Chat.Inbox;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Realtime;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Chat;

public sealed class MessagesPageTests : IAsyncLifetime
{
    private readonly MarketplaceApp app = new();
    private Person ana = default!;
    private Person bruno = default!;
    private long room;

    public async Task InitializeAsync()
    {
        (ana, bruno, room) = await app.TalkAsync();
        await bruno.SaysAsync(room, "¿Sigue disponible?");
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Two_pages_in_one_room_show_what_one_of_them_sends()
    {
        await using var hers = new Screen(ana);
        var page = hers.Render<MessagesPage>(p => p.Add(m => m.RoomId, room));
        page.WaitForElement("[data-seq='1']");
        await bruno.SaysAsync(room, "Hola <b>otra vez</b>");
        page.WaitForAssertion(() =>
            Assert.Equal("Hola <b>otra vez</b>", page.Find("[data-seq='2'] .body").TextContent)
        );
        page.WaitForAssertion(() => Assert.Contains("Hola", page.Find(".conversation-last").TextContent));
    }

    [Fact]
    public async Task The_composer_sends_and_says_why_not()
    {
        await using var hers = new Screen(ana);
        var composer = hers.Render<MessageComposer>(p => p.Add(c => c.RoomId, room).Add(c => c.Me, ana.Id)).Instance;
        Assert.Null((await composer.SendAsync(Guid.NewGuid(), "Sí")).Refused);
        var reply = await composer.SendAsync(Guid.NewGuid(), new string('a', 4_001));
        Assert.Equal("Invalid", reply.Refused);
        Assert.Contains($"{4_001:N0} / {4_000:N0}", reply.Text);
        reply = await composer.SendAsync(Guid.NewGuid(), new string('a', 50_000));
        Assert.Contains($"{50_000:N0} / {4_000:N0}", reply.Text);
    }

    [Fact]
    public async Task An_address_that_names_no_message_opens_the_room()
    {
        using var browser = await SiteClient.SignedInAsync(app, ana);
        foreach (var at in new[] { "abc", "99999999999999999999999", "-1", "" })
            Assert.Contains("¿Sigue disponible?", await browser.GetStringAsync($"/messages/{room}?at={at}"));
    }

    [Fact]
    public async Task Leaving_the_page_leaves_no_subscriber()
    {
        var broadcaster = app.Services.GetRequiredService<Broadcaster>();
        await using (var hers = new Screen(ana))
        {
            var page = hers.Render<MessagesPage>(p => p.Add(m => m.RoomId, room));
            page.WaitForElement("[data-seq='1']");
            // The person, the listing, both accounts, and the other's presence.
            Assert.Equal(5, broadcaster.TopicCount);
            await hers.DisposeComponentsAsync();
            Assert.Equal(0, broadcaster.TopicCount);
        }
    }

    [Fact]
    public async Task A_prerendered_page_shows_everything_and_subscribes_nothing()
    {
        await using var hers = new Screen(ana, live: false);
        var page = hers.Render<MessagesPage>(p => p.Add(m => m.RoomId, room));
        page.WaitForElement("[data-seq='1']");
        Assert.Equal(0, app.Services.GetRequiredService<Broadcaster>().TopicCount);
    }

    [Fact]
    public async Task Somebody_elses_room_is_not_there()
    {
        await using var hers = new Screen(await app.JoinAsync("Dora"));
        var page = hers.Render<MessagesPage>(p => p.Add(m => m.RoomId, room));
        page.WaitForAssertion(() => Assert.Contains("no existe o no es tuya", page.Markup));
        Assert.Empty(page.FindAll("[data-seq]"));
    }

    [Fact]
    public async Task The_listings_to_filter_by_follow_a_new_conversation_and_a_new_title()
    {
        var sofa = await ana.SellsAsync("Sofá");
        await using var hers = new Screen(ana);
        var page = hers.Render<MessagesPage>();
        Offers("Bicicleta eléctrica");
        page.FindAll("button.chip")
            .Single(chip => chip.TextContent.StartsWith("Archivadas", StringComparison.Ordinal))
            .Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-room]")));
        await bruno.SaysAsync(await bruno.ContactsAsync(sofa), "¿Y el sofá?");
        Offers("Sofá", "Bicicleta eléctrica");
        await ana.Listings.EditAsync(
            sofa,
            new()
            {
                Title = "Sofá cama",
                Description = "De dos plazas.",
                Price = "90",
                Category = Marketplace.Web.Listings.Category.Home,
                Place = "Madrid",
            }
        );
        Offers("Sofá cama", "Bicicleta eléctrica");

        void Offers(params string[] titles) =>
            page.WaitForAssertion(() =>
                Assert.Equal(titles, page.FindAll("select option").Skip(1).Select(option => option.TextContent))
            );
    }

    [Fact]
    public async Task One_message_arriving_draws_one_row()
    {
        for (var i = 0; i < 20; i++)
            await bruno.SaysAsync(room, $"{i}");
        await using var hers = new Screen(ana);
        var page = hers.Render<RoomPane>(p => p.Add(m => m.RoomId, room));
        page.WaitForElement("[data-seq='21']");
        var rows = page.FindComponents<MessageRow>();
        var drawn = rows.Sum(row => row.RenderCount);
        await bruno.SaysAsync(room, "la nueva");
        page.WaitForElement("[data-seq='22']");
        Assert.Equal(drawn, rows.Sum(row => row.RenderCount));
    }

    [Fact]
    public async Task One_message_arriving_draws_one_row_of_the_list()
    {
        var sofa = await bruno.ContactsAsync(await ana.SellsAsync("Sofá"));
        await bruno.SaysAsync(sofa, "Hola");
        await using var hers = new Screen(ana);
        var page = hers.Render<MessagesPage>();
        page.WaitForElement($"[data-room='{sofa}']");
        var rows = page.FindComponents<InboxRow>();
        var still = rows.Single(row => row.Instance.Model.Row.RoomId == room);
        var (drawn, line) = (still.RenderCount, still.Instance.Model);
        await bruno.SaysAsync(sofa, "¿Y el sofá?");
        page.WaitForAssertion(() => Assert.Contains("¿Y el sofá?", page.Markup));
        Assert.Equal(drawn, still.RenderCount);
        Assert.Same(line, still.Instance.Model);
    }

    [Fact]
    public async Task Days_and_times_are_the_readers()
    {
        await using var hers = new Screen(ana);
        hers.Services.GetRequiredService<Marketplace.Web.Shared.ReaderClock>().Use("America/Mexico_City");
        var message = new MessageView(
            room,
            9,
            9,
            Guid.NewGuid(),
            bruno.Id,
            "Bruno",
            MessageKind.Text,
            "hola",
            new(2026, 5, 3, 2, 30, 0, DateTimeKind.Utc)
        );
        var row = hers.Render<MessageRow>(p => p.Add(r => r.Model, new MessageRowModel(message)));
        Assert.Contains(
            "20:30",
            row.Find("time").TextContent.Replace("8:30 PM", "20:30").Replace("8:30\u202fPM", "20:30")
        );
        Assert.Equal("2026-05-03T02:30:00.0000000Z", row.Find("time").GetAttribute("datetime"));
    }
}
