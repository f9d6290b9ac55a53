using System.Text.RegularExpressions;
using Marketplace.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

[Collection(OneSite.Name)]
public sealed class SearchAndJumpTests(Site site)
{
    private const int Said = 120;

    [BrowserFact]
    public async Task A_day_a_quote_and_what_was_found_are_jumped_to_on_a_phone_and_a_desk()
    {
        var talk = await Talk.BeginAsync(site, "Tándem", Said);
        var then = DateTime.UtcNow.Date.AddDays(-20).AddHours(12);
        await LongAgoAsync(talk.RoomId, upTo: 30, then.AddDays(-1));
        await LongAgoAsync(talk.RoomId, upTo: 60, then, from: 31);
        await talk.Rosa.Chat.MarkReadAsync(talk.RoomId, Said);
        await talk.Rosa.Chat.SendAsync(talk.RoomId, Guid.NewGuid(), "A esto: sí", replyTo: 5);
        await talk.Teo.Chat.MarkReadAsync(talk.RoomId, Said + 1);
        await Task.WhenAll(JumpAsync(talk.Rosa, _ => { }), JumpAsync(talk.Teo, Site.Phone));

        async Task JumpAsync(Person person, Action<BrowserNewContextOptions> device)
        {
            await using var visit = await site.VisitAsync(person, device);
            await visit.OpenAsync(talk.Url);
            await visit.Row("A esto: sí").Locator("[data-jump]").ClickAsync();
            await ShowsAsync(visit, 5);
            await visit.Page.Locator(".room-header summary").ClickAsync();
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Ir a una fecha" }).First.ClickAsync();
            await visit.PickDayAsync(DateOnly.FromDateTime(then));
            await ShowsAsync(visit, 31);
            await FindAsync(visit);
        }
    }

    [BrowserFact]
    public async Task More_of_what_was_found_comes_by_the_keyboard_and_one_goes_on_at_the_first_of_it()
    {
        var talk = await Talk.BeginAsync(site, "Tándem", said: 45);
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await rosa.Page.GotoAsync("/messages");
        await rosa.Page.Locator("[data-live]").WaitForAsync();
        await rosa.Page.GetByRole(AriaRole.Searchbox).FillAsync("venta");
        var found = rosa
            .Page.GetByRole(AriaRole.List, new() { Name = "Mensajes encontrados" })
            .GetByRole(AriaRole.Link);
        await Expect(found).ToHaveCountAsync(30);
        await found.Last.FocusAsync();
        await rosa.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(rosa.Page.GetByRole(AriaRole.Button, new() { Name = "Ver más" })).ToBeFocusedAsync();
        await rosa.Page.Keyboard.PressAsync("Enter");
        await Expect(found).ToHaveCountAsync(45);
        await Expect(found.Nth(30)).ToBeFocusedAsync();
        await Expect(rosa.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "No hay más" })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Who_searches_over_a_slow_line_keeps_each_letter_until_a_filter_ends_the_search()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var line = new Link(site.Address);
        await using var rosa = await site.VisitAsync(talk.Rosa, at: line.Address);
        await rosa.Page.GotoAsync("/messages");
        await rosa.Page.Locator("[data-live]").WaitForAsync();
        line.Delay = TimeSpan.FromMilliseconds(200);
        var find = rosa.Page.GetByRole(AriaRole.Searchbox);
        // Slow enough that each letter starts a search, whose answer arrives during the next ones.
        await find.PressSequentiallyAsync("tándem", new() { Delay = 350 });
        await Expect(rosa.Page.Locator(".list-part")).ToHaveTextAsync(["Conversaciones"]);
        await Expect(find).ToHaveValueAsync("tándem");
        await rosa.Page.GetByRole(AriaRole.Button, new() { Name = "Vendo" }).ClickAsync();
        await Expect(find).ToHaveValueAsync("");
        await Expect(rosa.Page.Locator(".list-part")).ToHaveCountAsync(0);
        await Expect(rosa.Conversations).ToHaveCountAsync(1);
    }

    private static async Task FindAsync(Visit visit)
    {
        await visit.ToListAsync();
        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync("venta 77");
        var found = visit.Page.GetByRole(AriaRole.List, new() { Name = "Mensajes encontrados" });
        await Expect(found.Locator("mark")).ToHaveTextAsync(["venta", "77"]);
        await found.GetByRole(AriaRole.Link).ClickAsync();
        await ShowsAsync(visit, 77);
        var marks = visit.Log.Locator("mark");
        await Expect(marks).ToHaveTextAsync(["venta", "77"]);
        // The same hit works again after scrolling away.
        if (await found.IsVisibleAsync())
        {
            await visit.Log.EvaluateAsync("(log) => { log.scrollTop = 0; }");
            await found.GetByRole(AriaRole.Link).ClickAsync();
            await ShowsAsync(visit, 77);
        }
        await visit.ToListAsync();
        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync("nada");
        await Expect(marks).ToHaveCountAsync(0);
    }

    private static async Task ShowsAsync(Visit visit, int seq)
    {
        var row = visit.Log.Locator($"[data-seq='{seq}']");
        await Expect(row).ToHaveClassAsync(new Regex(@"\bfound\b"));
        await Expect(row).ToBeInViewportAsync();
        await Expect(row).ToBeFocusedAsync();
    }

    private async Task LongAgoAsync(long room, int upTo, DateTime at, int from = 1)
    {
        await using var db = site.App.Look();
        await db
            .Messages.Where(message => message.RoomId == room && message.Seq >= from && message.Seq <= upTo)
            .ExecuteUpdateAsync(set => set.SetProperty(message => message.SentAt, at));
        await db
            .Rooms.Where(one => one.Id == room && one.CreatedAt > at)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.CreatedAt, at));
    }
}
