using Marketplace.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

/// <summary>Actions on a slow line between the first paint and the interactive page are not lost.</summary>
[Collection(OneSite.Name)]
public sealed class EarlyTests(Site site)
{
    [BrowserFact]
    public async Task What_is_written_sent_and_pressed_before_the_page_lives_is_done()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await talk.AsksAsync(await site.App.JoinAsync("Iris"), "¿Qué talla es?");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await SlowAsync(rosa);
        await DrawnAsync(rosa, talk.Url);
        var keys = rosa.Page.Keyboard;
        await rosa.Text.FocusAsync();
        await keys.TypeAsync("Uno");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("Dos");
        await rosa.Send.ClickAsync();
        await rosa.Text.FocusAsync();
        var filter = rosa.Page.GetByRole(AriaRole.Button, new() { Name = "No leídas" });
        await filter.EvaluateAsync("(chip) => chip.click()");
        await rosa.Row("(1)").Locator("[data-menu]").EvaluateAsync("(menu) => menu.click()");
        // Type while the interactive page replaces the static one.
        for (var i = 0; !await rosa.Page.Locator("[data-ready]").IsVisibleAsync(); i++)
            await keys.TypeAsync($"{i % 10}");
        var typed = await rosa.Text.InputValueAsync();

        await Expect(rosa.Log.Locator(".message.mine .body")).ToHaveTextAsync(["Uno", "Dos"]);
        await rosa.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Responder" }).WaitForAsync();
        await Expect(filter).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Equal(string.Concat(Enumerable.Range(0, typed.Length).Select(i => i % 10)), typed);
        Assert.NotEmpty(typed);
        var bodies = (await talk.Rosa.Chat.HistoryAsync(talk.RoomId, new())).Value!.Select(m => m.Body);
        Assert.Equal(["¿Sigue a la venta? (1)", "Uno", "Dos"], bodies);
    }

    [BrowserFact]
    public async Task A_suggestion_a_row_menu_a_search_and_a_sale_wait_for_the_page()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var teo = await site.VisitAsync(talk.Teo, Site.Phone);
        await SlowAsync(teo);
        var fresh = await talk.Teo.ContactsAsync(await talk.Rosa.SellsAsync("Patinete"));
        await DrawnAsync(teo, $"/messages/{fresh}");
        await teo.Page.GetByText("¿Sigue disponible?").TapAsync();
        await Expect(teo.Text).ToHaveValueAsync("¿Sigue disponible?");
        await teo.LiveAsync();
        await Expect(teo.Text).ToHaveValueAsync("¿Sigue disponible?");
        await Expect(teo.Log.Locator(".message.mine")).ToHaveCountAsync(0);

        await using var rosa = await site.VisitAsync(talk.Rosa);
        await SlowAsync(rosa);
        await DrawnAsync(rosa, talk.Url);
        await rosa.Page.GetByRole(AriaRole.Button, new() { Name = "Marcar como vendido a Teo" }).ClickAsync();
        await rosa.Page.GetByRole(AriaRole.Dialog).GetByText("¿Vendido a Teo?").WaitForAsync();

        await DrawnAsync(rosa, "/messages");
        await rosa.Page.GetByRole(AriaRole.Searchbox).FocusAsync();
        await rosa.Page.Keyboard.TypeAsync("venta");
        await rosa.Page.Locator("mark").First.WaitForAsync();

        await DrawnAsync(rosa, "/messages");
        await rosa.Conversations.First.Locator("[data-menu]").ClickAsync();
        await rosa.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Fijar" }).WaitForAsync();
    }

    // Waits until the page is drawn, and asserts that it is not interactive yet; else the test would prove nothing.
    private static async Task DrawnAsync(Visit visit, string url)
    {
        await visit.Page.GotoAsync(url, new() { WaitUntil = WaitUntilState.Commit });
        await visit.Page.WaitForFunctionAsync(
            "() => performance.getEntriesByType('paint').length > 0 && document.querySelector('.chat')"
        );
        await visit.Page.WaitForFunctionAsync(
            "() => performance.getEntriesByType('resource').some((one) => one.name.includes('/early') && one.responseEnd > 0)"
        );
        Assert.Equal(0, await visit.Page.Locator("[data-ready], [data-live]").CountAsync());
    }

    // 400 ms round trip, 60 kB/s, no cache.
    private static async Task SlowAsync(Visit visit)
    {
        var devtools = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await devtools.SendAsync("Network.enable");
        await devtools.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });
        await devtools.SendAsync(
            "Network.emulateNetworkConditions",
            new()
            {
                ["offline"] = false,
                ["latency"] = 400,
                ["downloadThroughput"] = 60_000,
                ["uploadThroughput"] = 60_000,
            }
        );
    }
}
