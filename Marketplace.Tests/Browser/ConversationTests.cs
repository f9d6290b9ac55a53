using System.Globalization;
using System.Text.RegularExpressions;
using Marketplace.Tests.Support;
using Microsoft.Playwright;

namespace Marketplace.Tests.Browser;

[Collection(OneSite.Name)]
public sealed class ConversationTests(Site site)
{
    [BrowserFact]
    public async Task What_one_does_with_a_message_the_other_sees()
    {
        await using var ana = await site.VisitAsync("ana");
        await using var bruno = await site.VisitAsync("bruno", Site.Phone);
        await ana.OpenAsync("/messages/1");
        await bruno.OpenAsync("/messages/1");
        await bruno.SayAsync("Te doy 100");
        await ana.Row("Te doy 100").HoverAsync();
        await ana.Row("Te doy 100").Locator("[data-menu]").ClickAsync();
        await ana.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Responder" }).ClickAsync();
        await ana.Page.GetByText("Respondes a Bruno").WaitForAsync();
        await ana.Text.FillAsync("Mejor 120");
        await ana.Page.Keyboard.PressAsync("Enter");
        await bruno.Row("Mejor 120").Locator(".quote").GetByText("Te doy 100").WaitForAsync();

        // What is not stored yet cannot be edited; Bruno may hear of it first.
        await ana.Row("Mejor 120").WaitForAsync();
        await ana.Page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(ana.Text).ToHaveValueAsync("Mejor 120");
        await ana.Text.FillAsync("Mejor 130");
        await ana.Page.Keyboard.PressAsync("Enter");
        await bruno.Row("Mejor 130").GetByText("editado").WaitForAsync();
        await Assertions.Expect(ana.Text).ToHaveValueAsync("");

        await bruno.Row("Mejor 130").DispatchEventAsync("contextmenu");
        await bruno.Page.GetByRole(AriaRole.Menuitem, new() { Name = "❤️" }).ClickAsync();
        await ana.Row("Mejor 130").GetByText("❤️").WaitForAsync();

        await ana.Log.FocusAsync();
        await ana.Page.Keyboard.PressAsync("ArrowUp");
        await ana.Page.Keyboard.PressAsync("Enter");
        await ana.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Eliminar" }).PressAsync("Enter");
        // The dialog takes the focus when it opens, also from a button that a test has focused before.
        await ana.Page.WaitForFunctionAsync("() => document.activeElement.closest('.mud-dialog-container')");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Eliminar" }).PressAsync("Enter");
        await bruno.Log.GetByText("Mensaje eliminado").Last.WaitForAsync();
        // A pointer that rests where the snackbar appears does not keep it.
        var told = ana.Page.Locator(".mud-snackbar");
        var place = (await told.BoundingBoxAsync())!;
        await ana.Page.Mouse.MoveAsync(place.X + 30, place.Y + place.Height / 2);
        await Assertions.Expect(told).ToBeHiddenAsync(new() { Timeout = 12_000 });
        await Assertions.Expect(bruno.Page.GetByText("Mejor 130")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task Writing_and_receipts_show_as_they_happen()
    {
        await using var nuria = await site.VisitAsync("nuria");
        await nuria.Page.GotoAsync("/messages");
        await nuria.Conversations.Filter(new() { HasText = "Ana" }).First.GetByRole(AriaRole.Link).ClickAsync();
        await nuria.LiveAsync();
        // Another test may just have left Ana's page.
        await Assertions
            .Expect(nuria.Page.Locator(".room-presence"))
            .Not.ToHaveTextAsync("en línea", new() { Timeout = 15_000 });
        await nuria.SayAsync("¿Me ves?");
        await nuria.Row("¿Me ves?").GetByText("enviado").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await using var ana = await site.VisitAsync("ana");
        await ana.Page.GotoAsync("/messages");
        await nuria
            .Row("¿Me ves?")
            .GetByText("entregado")
            .WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await nuria.Page.GetByText("en línea").First.WaitForAsync();
        await ana.Conversations.Filter(new() { HasText = "¿Me ves?" }).GetByRole(AriaRole.Link).ClickAsync();
        await ana.LiveAsync();
        await nuria.Row("¿Me ves?").GetByText("leído").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await ana.Text.PressSequentiallyAsync("Sí");
        await nuria.Page.GetByText("escribiendo…").WaitForAsync();
    }

    [BrowserFact]
    public async Task Older_rows_come_in_without_moving_the_row_under_the_eye()
    {
        await using var ana = await site.VisitAsync("ana");
        await ana.Page.GotoAsync("/messages");
        await ana.OpenAsync(await LongestAsync(ana));
        await ana.Log.Locator("[data-seq]").First.WaitForAsync();
        for (var i = 0; i < 4; i++)
        {
            var first = await FirstSeqAsync(ana);
            await ana.Page.EvaluateAsync("() => { document.querySelector('.log').scrollTop = 300; }");
            var before = await PlaceAsync(ana);
            await Eventually.TrueAsync(async () => await FirstSeqAsync(ana) < first, "older rows are there");
            var after = await PlaceAsync(ana, before.Seq);
            Assert.InRange(after.Top - before.Top, -1.5, 1.5);
        }
        // Rows dropped at the other end come back, and the end is one press away.
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Ir al final" }).ClickAsync();
        await Eventually.TrueAsync(
            () =>
                ana.Page.EvaluateAsync<bool>(
                    "() => { const log = document.querySelector('.log'); return !log.querySelector('[data-newer]') && log.scrollHeight - log.scrollTop - log.clientHeight < 2; }"
                ),
            "the end is shown"
        );
    }

    [BrowserFact]
    public async Task A_conversation_opens_at_the_first_unread_message_and_counts_what_is_below()
    {
        await using var bruno = await site.VisitAsync("bruno");
        await using var ana = await site.VisitAsync("ana", Site.Phone);
        await bruno.OpenAsync("/messages/1");
        for (var i = 1; i <= 9; i++)
            await bruno.SayAsync($"Pendiente {i}\nlínea\nlínea\nlínea");
        await bruno.Row("Pendiente 9").WaitForAsync();
        await ana.OpenAsync("/messages/1");
        await ana.Page.GetByText("Sin leer", new() { Exact = true }).WaitForAsync();
        Assert.InRange((await ana.Page.GetByText("Sin leer", new() { Exact = true }).BoundingBoxAsync())!.Y, 0, 300);
        var pill = ana.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("nuevos?$") });
        await pill.ClickAsync();
        await ana.Row("Pendiente 9").WaitForAsync();
        await pill.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    [BrowserFact]
    public async Task What_was_said_is_found_and_jumped_to()
    {
        await using var ana = await site.VisitAsync("ana");
        await ana.Page.GotoAsync("/messages");
        await ana.Page.Locator("[data-live]").WaitForAsync();
        var found = ana.Page.GetByRole(AriaRole.List, new() { Name = "Mensajes encontrados" });
        await ana.Page.GetByRole(AriaRole.Searchbox).FillAsync("bici");
        Assert.Equal("bici", (await found.Locator("mark").First.TextContentAsync())!.ToLowerInvariant());
        var link = found.GetByRole(AriaRole.Link).Last;
        var seq = Regex.Match((await link.GetAttributeAsync("href"))!, @"at=(\d+)").Groups[1].Value;
        await link.ClickAsync();
        await ana.LiveAsync();
        await Microsoft.Playwright.Assertions.Expect(ana.Log.Locator($"[data-seq='{seq}']")).ToBeInViewportAsync();
    }

    [BrowserFact]
    public async Task A_conversation_is_pinned_archived_and_found_again()
    {
        await using var lucia = await site.VisitAsync("lucia");
        await lucia.Page.GotoAsync("/messages");
        var row = lucia.Conversations.First;
        var name = (await row.GetAttributeAsync("aria-label"))!;
        await lucia.ChooseAsync(name, "Archivar");
        await lucia
            .Page.GetByRole(AriaRole.Listitem, new() { Name = name })
            .WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await lucia.Page.GetByRole(AriaRole.Button, new() { Name = "Archivadas" }).ClickAsync();
        await lucia.ChooseAsync(name, "Desarchivar");
        await lucia.Page.GetByRole(AriaRole.Button, new() { Name = "Todas" }).ClickAsync();
        await lucia.ChooseAsync(name, "Fijar");
        await lucia.Page.GetByRole(AriaRole.Img, new() { Name = "Fijada" }).WaitForAsync();
    }

    private static async Task<string> LongestAsync(Visit visit)
    {
        var rooms = await visit.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('[data-room]')].map((row) => row.dataset.room)"
        );
        foreach (var room in rooms)
        {
            await visit.OpenAsync($"/messages/{room}");
            await visit.Log.Locator("[data-seq]").First.WaitForAsync();
            if (
                await visit.Page.EvaluateAsync<int>("() => Number(document.querySelector('.log').dataset.newest)") > 300
            )
                return $"/messages/{room}";
        }
        throw new InvalidOperationException("No conversation has more than 300 messages.");
    }

    private static Task<int> FirstSeqAsync(Visit visit) =>
        visit.Page.EvaluateAsync<int>("() => Number(document.querySelector('.log [data-seq]').dataset.seq)");

    private static async Task<(string Seq, double Top)> PlaceAsync(Visit visit, string? seq = null)
    {
        var place = await visit.Page.EvaluateAsync<string[]>(
            """
            (seq) => {
              const log = document.querySelector('.log');
              const top = log.getBoundingClientRect().top;
              const row = [...log.querySelectorAll('[data-seq]')].find((one) => seq ? one.dataset.seq === seq : one.getBoundingClientRect().bottom > top);
              return [row.dataset.seq, String(row.getBoundingClientRect().top)];
            }
            """,
            seq
        );
        return (place[0], double.Parse(place[1], CultureInfo.InvariantCulture));
    }
}
