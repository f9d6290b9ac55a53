using Bunit;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Composer;
using Marketplace.Web.Chat.Inbox;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Listings;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Marketplace.Tests.Chat;

public sealed class PartsTests : IAsyncLifetime
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

    [Fact]
    public async Task Whoever_talks_with_nobody_yet_is_shown_where_to_begin()
    {
        await using var hers = new Screen(await app.JoinAsync("Dora"));
        var page = hers.Render<MessagesPage>();
        page.WaitForAssertion(() => Assert.Contains("Todavía no hablas con nadie", page.Find(".empty").TextContent));
        Assert.Equal("/", page.Find(".empty a").GetAttribute("href"));
        page.FindAll("button.chip")
            .Single(chip => chip.TextContent.StartsWith("Archivadas", StringComparison.Ordinal))
            .Click();
        page.WaitForAssertion(() =>
            Assert.Contains("No hay conversaciones archivadas", page.Find(".empty").TextContent)
        );
    }

    [Fact]
    public async Task A_row_says_what_is_unread_who_is_here_and_what_the_reader_left_unsent()
    {
        await bruno.SaysAsync(room, "¿Sigue disponible?");
        var row = (await ana.Inbox.RowAsync(room))!;
        var drafted = row with { Draft = "Ahora te digo" };
        await using var hers = new Screen(ana);
        var shown = hers.Render<InboxRow>(p => p.Add(r => r.Model, new InboxRowModel(row) { Online = true }));
        Assert.Contains("1 sin leer", shown.Find(".marks").TextContent);
        Assert.Equal("en línea", shown.Find(".here").GetAttribute("aria-label"));
        Assert.Equal("¿Sigue disponible?", Last());
        shown.Render(p => p.Add(r => r.Model, new InboxRowModel(drafted)));
        Assert.Equal("Borrador: Ahora te digo", Last());
        shown.Render(p => p.Add(r => r.Model, new InboxRowModel(drafted) { Selected = true }));
        Assert.Equal("¿Sigue disponible?", Last());
        shown.Render(p => p.Add(r => r.Model, new InboxRowModel(drafted) { Selected = true, Unsent = true }));
        Assert.Equal("No enviado", Last());

        string Last() => shown.Find(".conversation-last").TextContent;
    }

    [Fact]
    public async Task A_name_finds_its_conversations_and_a_word_its_messages()
    {
        await bruno.SaysAsync(room, "¿Sigue disponible?");
        await using var hers = new Screen(ana);
        var found = hers.Render<FoundMessages>(p => p.Add(f => f.Text, "bruno"));
        found.WaitForElement($"[data-room='{room}']");
        Assert.Empty(found.FindAll("mark"));
        found.Render(p => p.Add(f => f.Text, "disponible"));
        found.WaitForAssertion(() => Assert.Equal("disponible", found.Find("mark").TextContent));
        Assert.Empty(found.FindAll("[data-room]"));
        found.Render(p => p.Add(f => f.Text, "nadadeesto"));
        found.WaitForAssertion(() => Assert.Contains("Sin resultados", found.Markup));
    }

    [Fact]
    public async Task A_filter_ends_the_search_and_what_it_marked()
    {
        await bruno.SaysAsync(room, "¿Sigue disponible?");
        await using var hers = new Screen(ana);
        hers.Services.GetRequiredService<NavigationManager>().NavigateTo($"/messages/{room}?at=1");
        var page = hers.Render<MessagesPage>(p => p.Add(m => m.RoomId, room));
        page.WaitForElement("[role='log'] .body");
        var list = page.FindComponent<InboxList>();
        await page.InvokeAsync(() => list.Instance.FindAsync("disponible"));
        page.WaitForElement("[role='log'] mark");
        page.FindAll("button.chip")
            .Single(chip => chip.TextContent.StartsWith("Vendo", StringComparison.Ordinal))
            .Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("mark")));
        page.WaitForElement($"[data-room='{room}']");
    }

    [Fact]
    public async Task Above_the_room_stands_who_one_talks_with_and_that_they_are_here()
    {
        using var open = ana.Chat.Open(room, ana.RunAsync);
        using (app.Services.GetRequiredService<Presence>().Enter(bruno.Id))
            await open.LoadAsync();
        await using var hers = new Screen(ana);
        var header = hers.Render<RoomHeader>(p => p.Add(h => h.Open, open).Add(h => h.Me, ana.Id));
        Assert.Equal("Bruno", header.Find(".room-other").TextContent);
        Assert.Equal("en línea", header.Find(".room-presence").TextContent);
        Assert.Contains("Bicicleta eléctrica", header.Find(".room-title").TextContent);
    }

    [Fact]
    public async Task Only_the_seller_sells_and_is_asked_first()
    {
        using var open = ana.Chat.Open(room, ana.RunAsync);
        await open.LoadAsync();
        await using var hers = new Screen(ana);
        var dialogs = hers.Render<MudDialogProvider>();
        var header = hers.Render<RoomHeader>(p => p.Add(h => h.Open, open).Add(h => h.Me, ana.Id));
        Press(header, "Marcar como vendido a Bruno");
        dialogs.WaitForAssertion(() =>
            Assert.Contains("¿Vendido a Bruno?", dialogs.Find("[role='dialog']").TextContent)
        );
        Assert.Equal(ListingState.Active, (await ana.Listings.FindAsync(open.Room!.ListingId))!.State);
        dialogs.FindAll("button").Single(button => button.TextContent == "Sí, vendido").Click();
        await Eventually.TrueAsync(() => open.Room.State == ListingState.Sold, "it is sold");
        var his = hers.Render<RoomHeader>(p => p.Add(h => h.Open, open).Add(h => h.Me, bruno.Id));
        Assert.Empty(his.FindAll(".room-deals button"));

        static void Press(IRenderedComponent<RoomHeader> on, string name) =>
            on.FindAll("button").Single(button => button.GetAttribute("aria-label") == name).Click();
    }

    [Fact]
    public async Task What_is_done_with_a_conversation_is_confirmed_and_can_be_undone()
    {
        await bruno.SaysAsync(room, "¿Sigue disponible?");
        await using var hers = new Screen(ana);
        var snackbars = hers.Render<MudSnackbarProvider>();
        var list = hers.Render<InboxList>();
        list.WaitForElement($"[data-room='{room}']");
        await list.InvokeAsync(() => list.Instance.ActAsync(room, "Archive"));
        list.WaitForAssertion(() => Assert.Empty(list.FindAll($"[data-room='{room}']")));
        snackbars.WaitForAssertion(() => Assert.Contains("Conversación archivada", snackbars.Markup));
        snackbars.FindAll("button").Single(button => button.TextContent.Contains("Deshacer")).Click();
        list.WaitForElement($"[data-room='{room}']");
    }

    [Fact]
    public async Task Many_conversations_are_chosen_and_archived_at_once()
    {
        var other = await bruno.ContactsAsync(await ana.SellsAsync("Tándem"));
        await bruno.SaysAsync(room, "¿Sigue disponible?");
        await bruno.SaysAsync(other, "¿Y esto?");
        await using var hers = new Screen(ana);
        var list = hers.Render<InboxList>();
        list.WaitForElement($"[data-room='{other}']");
        await list.InvokeAsync(() => list.Instance.Choose(room));
        await list.InvokeAsync(() => list.Instance.Choose(other));
        Assert.Contains("2 elegidas", list.Find("[role='toolbar']").TextContent);
        list.Find("[role='toolbar'] button[title='Archivar']").Click();
        list.WaitForAssertion(() => Assert.Empty(list.FindAll("[data-room]")));
        Assert.Equal(2, (await ana.Inbox.CountsAsync())!.Archived);
    }

    [Fact]
    public async Task The_filters_say_how_many_conversations_they_show()
    {
        await bruno.SaysAsync(room, "¿Sigue disponible?");
        var counts = (await ana.Inbox.CountsAsync())!;
        Assert.Equal((1, 1, 0, 1, 0), (counts.All, counts.Unread, counts.Buying, counts.Selling, counts.Archived));
        await ana.Chat.MarkReadAsync(room, 1);
        Assert.Equal(0, (await ana.Inbox.CountsAsync())!.Unread);
        Assert.Equal(1, (await bruno.Inbox.CountsAsync())!.Buying);
    }

    [Fact]
    public async Task What_came_since_the_last_look_stands_under_a_line_and_what_follows_closely_as_one_block()
    {
        await bruno.SaysAsync(room, "¿Sigue disponible?");
        await ana.Chat.MarkReadAsync(room, 1);
        await bruno.SaysAsync(room, "¿Hola?");
        await bruno.SaysAsync(room, "¿Hay alguien?");
        await using var hers = new Screen(ana);
        var pane = hers.Render<RoomPane>(p => p.Add(m => m.RoomId, room));
        Assert.DoesNotContain("joined", pane.WaitForElement(".unread-line + [data-seq='2']").ClassList);
        Assert.Contains("joined", pane.Find("[data-seq='3']").ClassList);
    }

    [Fact]
    public async Task Whoever_asks_first_is_offered_what_to_ask_and_only_then()
    {
        await using var his = new Screen(bruno);
        var pane = his.Render<RoomPane>(p => p.Add(m => m.RoomId, room));
        pane.WaitForAssertion(() => Assert.Contains("¿Sigue disponible?", pane.Find("[data-suggest]").TextContent));
        await using var hers = new Screen(ana);
        var other = hers.Render<RoomPane>(p => p.Add(m => m.RoomId, room));
        other.WaitForElement(".log-empty");
        Assert.Empty(other.FindAll("[data-suggest]"));
        await bruno.SaysAsync(room, "Hola");
        pane.WaitForAssertion(() => Assert.Empty(pane.FindAll("[data-suggest]")));
    }

    [Fact]
    public async Task The_help_says_in_words_what_each_key_does()
    {
        await using var hers = new Screen(ana);
        var help = hers.Render<ShortcutHelp>();
        Assert.All(help.FindAll("dl div"), one => Assert.NotEmpty(one.QuerySelector("kbd")!.TextContent));
        Assert.Contains("Responder al mensaje enfocado", help.FindAll("dd").Select(what => what.TextContent));
        Assert.DoesNotContain(help.FindAll("dd"), what => what.TextContent.Contains("Shortcuts."));
    }

    [Fact]
    public async Task Ones_own_sentences_are_kept_changed_taken_away_and_brought_back()
    {
        await using var hers = new Screen(ana);
        var page = hers.ShowWithProviders<QuickRepliesPage>();
        Keep("Envío", "");
        page.WaitForAssertion(() => Assert.Contains("Escribe la respuesta", page.Find("[role='alert']").TextContent));
        Keep("Envío", "Sí, hago envíos.");
        page.WaitForAssertion(() => Assert.Equal("/envio Sí, hago envíos.", page.Find(".replies p").TextContent));
        page.Find(".replies button [aria-label='Editar /envio']").Click();
        page.WaitForAssertion(() => Assert.Equal("envio", page.Find("input").GetAttribute("value")));
        Keep("correo", "Lo mando por correo.");
        page.WaitForAssertion(() => Assert.Equal("/correo Lo mando por correo.", page.Find(".replies p").TextContent));
        page.WaitForAssertion(() => Assert.Contains("Respuesta guardada", page.Find(".mud-snackbar").TextContent));
        Assert.Single(await ana.Get<QuickReplyService>().ListAsync());
        page.Find(".replies button [aria-label='Eliminar /correo']").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".replies")));
        Assert.Empty(await ana.Get<QuickReplyService>().ListAsync());
        page.WaitForElement(".mud-snackbar-content-action button").Click();
        page.WaitForAssertion(() => Assert.Equal("/correo Lo mando por correo.", page.Find(".replies p").TextContent));

        void Keep(string shortcut, string text)
        {
            page.Find("input").Change(shortcut);
            page.Find("textarea").Change(text);
            page.Find("form").Submit();
        }
    }
}
