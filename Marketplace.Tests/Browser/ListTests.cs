using System.Text.RegularExpressions;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

[Collection(OneSite.Name)]
public sealed class ListTests(Site site)
{
    [BrowserFact]
    public async Task Who_opens_a_room_that_they_marked_as_unread_takes_the_mark_away()
    {
        var talk = await Talk.BeginAsync(site, "Tándem", said: 2);
        await talk.Teo.Chat.MarkReadAsync(talk.RoomId, long.MaxValue);
        await talk.Teo.Get<MembershipService>().MarkUnreadAsync(talk.RoomId);
        Assert.Equal(1, await talk.Teo.UnreadAsync());
        await using var teo = await site.VisitAsync(talk.Teo);
        await teo.OpenAsync(talk.Url);
        await Eventually.TrueAsync(async () => await talk.Teo.UnreadAsync() == 0, "the mark is gone");
    }

    [BrowserFact]
    public async Task The_list_shows_what_its_filters_say_on_a_phone_and_a_desk()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await talk.AsksAsync(await site.App.JoinAsync("Iris"), "¿Qué talla es?");
        await talk.AsksAsync(talk.Rosa, "¿Afinado?", await talk.Teo.SellsAsync("Acordeón"));
        await talk.Rosa.Chat.MarkReadAsync(talk.RoomId, 1);
        await Task.WhenAll(FiltersAsync(_ => { }), FiltersAsync(Site.Phone));

        async Task FiltersAsync(Action<BrowserNewContextOptions> device)
        {
            await using var rosa = await site.VisitAsync(talk.Rosa, device);
            await rosa.Page.GotoAsync("/messages");
            await rosa.Page.Locator("[data-live]").WaitForAsync();
            await ShowsAsync(rosa, "Acordeón", "Iris", "Teo");
            await FilterAsync(rosa, "No leídas", "Iris");
            await FilterAsync(rosa, "Compro", "Acordeón");
            await FilterAsync(rosa, "Vendo", "Iris", "Teo");
            await FilterAsync(rosa, "Archivadas");
            await rosa.Page.GetByText("No hay conversaciones archivadas").WaitForAsync();
            await FilterAsync(rosa, "Todas", "Acordeón", "Iris", "Teo");
        }
    }

    [BrowserFact]
    public async Task A_seller_sees_who_asked_about_a_listing_the_longest_waiting_first()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        var iris = await site.App.JoinAsync("Iris");
        var room = await talk.AsksAsync(iris, "¿Qué talla es?");
        await talk.AsksAsync(iris, "¿Y el sidecar?", await talk.Rosa.SellsAsync("Sidecar"));
        await using var rosa = await site.VisitAsync(talk.Rosa, Site.Phone);
        await rosa.Page.GotoAsync("/messages");
        await rosa.Page.Locator("[data-live]").WaitForAsync();
        var listing = rosa.Page.GetByRole(AriaRole.Combobox, new() { Name = "Filtrar por anuncio" });
        await listing.SelectOptionAsync("Tándem");
        await ShowsAsync(rosa, "Teo", "Iris");
        await talk.Rosa.SaysAsync(talk.RoomId, "Sigue");
        await ShowsAsync(rosa, "Iris", "Teo");
        await talk.Rosa.SaysAsync(room, "La mediana");
        await talk.Teo.SaysAsync(talk.RoomId, "Me lo quedo");
        await ShowsAsync(rosa, "Teo", "Iris");
        await FilterAsync(rosa, "Todas", "Teo", "Iris", "Sidecar");
        await Expect(listing).ToHaveValueAsync("");
        await listing.SelectOptionAsync("Sidecar");
        await ShowsAsync(rosa, "Sidecar");
    }

    [BrowserFact]
    public async Task What_one_does_with_a_row_on_the_phone_shows_on_the_desk()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await talk.AsksAsync(await site.App.JoinAsync("Iris"), "¿Qué talla es?");
        await using var desk = await site.VisitAsync(talk.Rosa);
        await using var phone = await site.VisitAsync(talk.Rosa, Site.Phone);
        await Task.WhenAll(desk.Page.GotoAsync("/messages"), phone.Page.GotoAsync("/messages"));
        await ShowsAsync(desk, "Iris", "Teo");
        await phone.ChooseAsync("Teo", "Fijar");
        await ShowsAsync(desk, "Teo", "Iris");
        await Mark(desk, "Fijada").WaitForAsync();
        await PressLongAsync(phone, "Teo", "Silenciar 8 horas");
        await Task.WhenAll(Mark(desk, "Silenciada").WaitForAsync(), Mark(phone, "Silenciada").WaitForAsync());
        await PressLongAsync(phone, "Teo", "Activar avisos");
        await Expect(Mark(desk, "Silenciada")).ToHaveCountAsync(0);

        await phone.ChooseAsync("Teo", "Marcar como leída");
        await Expect(Row(desk, "Teo").GetByText("sin leer")).ToHaveCountAsync(0);
        await Expect(desk.Page.Locator("[data-unread]")).ToHaveAttributeAsync("data-unread", "1");
        await phone.ChooseAsync("Teo", "Marcar como no leída");
        await Row(desk, "Teo").GetByText("1 sin leer").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Expect(desk.Page.Locator("[data-unread]")).ToHaveAttributeAsync("data-unread", "2");

        await desk.ChooseAsync("Iris", "Archivar");
        await ShowsAsync(phone, "Teo");
        await talk.Teo.SaysAsync(talk.RoomId, "¿Hola?");
        await FilterAsync(phone, "Archivadas", "Iris");
        await FilterAsync(phone, "Todas", "Teo");
        await desk.ChooseAsync("Teo", "Desfijar");
        await desk.ChooseAsync("Teo", "Archivar");
        await Expect(phone.Conversations).ToHaveCountAsync(0);
        await talk.Teo.SaysAsync(talk.RoomId, "¿Sigues ahí?");
        await ShowsAsync(phone, "¿Sigues ahí?");
        await ShowsAsync(desk, "¿Sigues ahí?");
    }

    [BrowserFact]
    public async Task A_conversation_in_which_a_message_was_refused_says_so_wherever_it_is_listed()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await talk.AsksAsync(talk.Rosa, "¿Afinado?", await talk.Teo.SellsAsync("Acordeón"));
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await rosa.Page.GotoAsync("/messages");
        await rosa.Page.EvaluateAsync(
            "([key, id, text]) => localStorage.setItem(`outbox:${key}:${id}`, JSON.stringify({ id, text, at: 1 }))",
            new[] { $"{talk.Rosa.Id}:{talk.RoomId}", $"{Guid.NewGuid()}", new string('a', Message.MaxBodyLength + 1) }
        );
        await rosa.Page.ReloadAsync();
        var marked = rosa.Conversations.Filter(new() { HasText = "No enviado" });
        await Expect(marked).ToHaveTextAsync([new Regex("Tándem")]);
        await rosa.Page.GetByRole(AriaRole.Searchbox).FillAsync("tandem");
        await rosa.Page.GetByRole(AriaRole.Heading, new() { Name = "Conversaciones" }).WaitForAsync();
        await Expect(marked).ToHaveTextAsync([new Regex("Tándem")]);
        await marked.GetByRole(AriaRole.Link).ClickAsync();
        await rosa.Page.GetByRole(AriaRole.Button, new() { Name = "Descartar" }).ClickAsync();
        await Expect(marked).ToHaveCountAsync(0);
    }

    private static ILocator Row(Visit visit, string name) =>
        visit.Page.GetByRole(AriaRole.Listitem, new() { Name = name });

    private static ILocator Mark(Visit visit, string name) =>
        Row(visit, "Teo").GetByRole(AriaRole.Img, new() { Name = name });

    private static Task ShowsAsync(Visit visit, params string[] rows) =>
        Expect(visit.Conversations).ToContainTextAsync(rows);

    [BrowserFact]
    public async Task A_conversation_drawn_aside_by_a_finger_is_archived_and_comes_back_by_undo()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var rosa = await site.VisitAsync(talk.Rosa, Site.Phone);
        await rosa.Page.GotoAsync("/messages");
        await rosa.Page.Locator("[data-live]").WaitForAsync();
        await ShowsAsync(rosa, "Tándem");
        // A short swipe returns and opens nothing.
        await DrawAsync(rosa, -60);
        await Expect(rosa.Conversations).ToHaveCountAsync(1);
        await DrawAsync(rosa, -140);
        await Expect(rosa.Conversations).ToHaveCountAsync(0);
        await rosa.Page.GetByText("Conversación archivada").WaitForAsync();
        await rosa.Page.GetByRole(AriaRole.Button, new() { Name = "Deshacer" }).ClickAsync();
        await Expect(rosa.Conversations).ToHaveCountAsync(1);
        Assert.EndsWith("/messages", rosa.Page.Url);
    }

    [BrowserFact]
    public async Task The_keyboard_leads_from_one_conversation_to_the_next_and_back()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        var other = await talk.AsksAsync(await site.App.JoinAsync("Iris"), "¿Qué talla es?");
        var newest = await talk.AsksAsync(await site.App.JoinAsync("Nora"), "¿Lo cambias?");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await rosa.OpenAsync($"/messages/{newest}");
        await rosa.Page.Locator("[data-live]").WaitForAsync();
        await rosa.Log.FocusAsync();
        // Faster than the server marks the row.
        await PressTwiceAsync(rosa, "j");
        await Expect(rosa.Page).ToHaveURLAsync(new Regex($"{talk.Url}$"));
        await rosa.Text.WaitForAsync();
        await rosa.Text.FocusAsync();
        await rosa.Page.Keyboard.PressAsync("Alt+ArrowUp");
        await Expect(rosa.Page).ToHaveURLAsync(new Regex($"/messages/{other}$"));
    }

    private static Task PressTwiceAsync(Visit visit, string key) =>
        visit.Page.EvaluateAsync(
            """
            (key) => {
              for (let i = 0; i < 2; i++) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
            }
            """,
            key
        );

    [BrowserFact]
    public async Task What_was_begun_to_write_stands_in_the_list_in_its_words()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await talk.Rosa.Get<MembershipService>().KeepDraftAsync(talk.RoomId, "Te lo guardo hasta");
        await using var rosa = await site.VisitAsync(talk.Rosa, Site.Phone);
        await rosa.Page.GotoAsync($"/messages?listing={talk.ListingId}");
        await rosa.Conversations.GetByText("Borrador: Te lo guardo hasta").WaitForAsync();
    }

    private static Task DrawAsync(Visit visit, int by) =>
        visit
            .Conversations.First.GetByRole(AriaRole.Link)
            .EvaluateAsync(
                """
                (row, by) => {
                  const at = row.getBoundingClientRect();
                  const move = (type, x) => row.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerType: 'touch', clientX: at.left + 200 + x, clientY: at.top + 20 }));
                  move('pointerdown', 0);
                  move('pointermove', by / 2);
                  move('pointermove', by);
                  move('pointerup', by);
                  row.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
                }
                """,
                by
            );

    private static async Task FilterAsync(Visit visit, string filter, params string[] rows)
    {
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new($@"^{filter}( \d+)?$") }).ClickAsync();
        await ShowsAsync(visit, rows);
    }

    private static async Task PressLongAsync(Visit visit, string conversation, string act)
    {
        await Row(visit, conversation).GetByRole(AriaRole.Link).DispatchEventAsync("contextmenu");
        await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = act, Exact = true }).ClickAsync();
    }
}
