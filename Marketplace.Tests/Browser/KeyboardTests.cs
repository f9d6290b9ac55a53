using Marketplace.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

[Collection(OneSite.Name)]
public sealed class KeyboardTests(Site site)
{
    [BrowserFact]
    public async Task A_conversation_is_led_by_the_keyboard_alone()
    {
        var talk = await Talk.BeginAsync(site, "Tándem", said: 3);
        await talk.AsksAsync(await site.App.JoinAsync("Iris"), "¿Qué talla es?");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        var keys = rosa.Page.Keyboard;
        await rosa.Page.GotoAsync("/messages");
        await rosa.Page.Locator("[data-live]").WaitForAsync();

        await keys.PressAsync("?");
        var help = rosa.Page.GetByRole(AriaRole.Dialog, new() { Name = "Atajos de teclado" });
        await help.GetByText("Editar tu último mensaje").WaitForAsync();
        await keys.PressAsync("Escape");
        await Expect(help).ToBeHiddenAsync();
        await keys.PressAsync("/");
        await Expect(rosa.Page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await keys.PressAsync("Escape");
        // At once: the focus is still in the dialog that has just closed.
        await rosa
            .Page.Locator("[data-shortcuts]")
            .EvaluateAsync(
                "(help) => { document.activeElement.blur(); help.showModal(); help.close(); document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true })); }"
            );
        await Expect(rosa.Page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();

        await TabToAsync(rosa, ".conversations a");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await keys.PressAsync("Enter");
        await rosa.Page.GetByRole(AriaRole.Img, new() { Name = "Fijada" }).WaitForAsync();
        await Expect(rosa.Conversations).ToContainTextAsync(["Teo", "Iris"]);
        await Expect(rosa.Conversations.First.Locator("[data-menu]")).ToBeFocusedAsync();
        await keys.PressAsync("Shift+Tab");
        await keys.PressAsync("Enter");
        await rosa.LiveAsync();

        await Expect(rosa.Text).ToBeFocusedAsync();
        await keys.PressAsync("Escape");
        await Expect(rosa.Page.Locator(".conversations a[aria-current]")).ToBeFocusedAsync();
        await TabToAsync(rosa, "textarea");
        await keys.TypeAsync("Sigue");
        await keys.PressAsync("Shift+Enter");
        await keys.TypeAsync("a la venta");
        await keys.PressAsync("Enter");
        await Expect(rosa.Row("Sigue").Locator(".body")).ToHaveTextAsync("Sigue\na la venta");

        await TabToAsync(rosa, "[role=log]", "Shift+Tab");
        await keys.PressAsync("Home");
        await keys.PressAsync("ArrowDown");
        await Expect(rosa.Row("(2)")).ToBeFocusedAsync();
        await keys.PressAsync("r");
        await rosa.Page.GetByText("Respondes a Teo").WaitForAsync();
        await keys.PressAsync("Escape");
        await Expect(rosa.Page.GetByText("Respondes a Teo")).ToBeHiddenAsync();
        await Expect(rosa.Text).ToBeFocusedAsync();

        await TabToAsync(rosa, "[role=log]", "Shift+Tab");
        await keys.PressAsync("Home");
        await keys.PressAsync("Enter");
        await keys.PressAsync("ArrowRight");
        await keys.PressAsync("Enter");
        await rosa.Row("(1)").GetByText("❤️").WaitForAsync();
        await Expect(rosa.Row("(1)")).ToBeFocusedAsync();

        await TabToAsync(rosa, "summary", "Shift+Tab");
        await rosa.Page.Keyboard.PressAsync("Enter");
        await TabToAsync(rosa, ".menu-button");
        await rosa.Page.Keyboard.PressAsync("Enter");
        await rosa.Page.GetByRole(AriaRole.Dialog, new() { Name = "Ir a una fecha" }).WaitForAsync();
        await TabToAsync(rosa, ".mud-day:not(.mud-hidden, .mud-disabled)");
        await rosa.Page.Keyboard.PressAsync("Enter");
        await Expect(rosa.Log.Locator("[data-seq='1']")).ToBeFocusedAsync();
    }

    private static async Task TabToAsync(Visit visit, string selector, string key = "Tab")
    {
        for (var i = 0; i < 40; i++)
        {
            await visit.Page.Keyboard.PressAsync(key);
            if (await visit.Page.EvaluateAsync<bool>("(to) => document.activeElement.matches(to)", selector))
                return;
        }
        Assert.Fail($"No {key} leads to {selector}.");
    }
}
