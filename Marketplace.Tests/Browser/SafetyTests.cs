using Marketplace.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

[Collection(SecondSite.Name)]
public sealed class SafetyTests(Site site)
{
    private const string Request = "Te mando una solicitud de Bizum";

    [BrowserFact]
    public async Task Whoever_receives_a_message_is_warned_beside_it_until_they_say_that_it_is_wrong()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await using var teo = await site.VisitAsync(talk.Teo);
        await Task.WhenAll(rosa.OpenAsync(talk.Url), teo.OpenAsync(talk.Url));
        await talk.Teo.SaysAsync(talk.RoomId, Request);
        var caution = rosa.Log.Locator(".caution");
        await Expect(caution).ToContainTextAsync("Si aceptas una solicitud, pagas tú.");
        await teo.SeesAsync(Request);
        await Expect(teo.Log.Locator(".caution")).ToHaveCountAsync(0);
        await caution.GetByRole(AriaRole.Button, new() { Name = "No es así" }).ClickAsync();
        await Expect(caution).ToBeHiddenAsync();
        await Expect(rosa.Row(Request)).ToBeFocusedAsync();
        await rosa.OpenAsync(talk.Url);
        await rosa.SeesAsync(Request);
        await Expect(caution).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task Whoever_writes_such_a_thing_is_told_which_words_and_sends_it_by_the_keyboard_anyway()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await using var teo = await site.VisitAsync(talk.Teo);
        await Task.WhenAll(rosa.OpenAsync(talk.Url), teo.OpenAsync(talk.Url));
        await teo.Text.FillAsync($"Hola. {Request}, ¿vale?");
        await teo.Page.Keyboard.PressAsync("Enter");
        var coach = Coach(teo);
        await Expect(coach.GetByRole(AriaRole.Alert)).ToContainTextAsync(Request);
        await Expect(teo.Text).ToHaveValueAsync($"Hola. {Request}, ¿vale?");
        await Expect(teo.Text).ToBeFocusedAsync();
        await teo.Page.Keyboard.PressAsync("Enter");
        await Expect(coach.GetByRole(AriaRole.Button, new() { Name = "Mandarlo igualmente" })).ToBeFocusedAsync();
        await teo.Page.Keyboard.PressAsync("Enter");
        await rosa.SeesAsync($"Hola. {Request}, ¿vale?");
        await Expect(coach).ToBeHiddenAsync();
        await Expect(teo.Text).ToHaveValueAsync("");
        await Expect(teo.Text).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task Whoever_says_that_it_is_wrong_is_not_asked_again_and_whoever_goes_on_writing_loses_nothing()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var teo = await site.VisitAsync(talk.Teo, Site.Phone);
        await teo.OpenAsync(talk.Url);
        await teo.SayAsync(Request);
        await Expect(Coach(teo)).ToBeVisibleAsync();
        await teo.Text.PressSequentiallyAsync(" ya");
        await Expect(Coach(teo)).ToBeHiddenAsync();
        await teo.OpenAsync(talk.Url);
        await Expect(teo.Text).ToHaveValueAsync($"{Request} ya");
        await teo.Send.TapAsync();
        await Coach(teo).GetByRole(AriaRole.Button, new() { Name = "Esto no es así" }).TapAsync();
        await teo.SeesAsync($"{Request} ya");
        await teo.SayAsync($"{Request} otra vez");
        await teo.SeesAsync($"{Request} otra vez");
    }

    [BrowserFact]
    public async Task Without_a_connection_nothing_is_asked_and_the_message_waits_as_any_other()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var teo = await site.VisitAsync(talk.Teo);
        teo.ExpectComplaints();
        await teo.OpenAsync(talk.Url);
        await teo.Page.Context.SetOfflineAsync(true);
        await teo.SayAsync(Request);
        await Expect(teo.Page.Locator("[data-outbox] li")).ToContainTextAsync(Request);
        await Expect(Coach(teo)).ToBeHiddenAsync();
        await teo.Page.Context.SetOfflineAsync(false);
        await Expect(teo.Row(Request)).ToBeVisibleAsync(new() { Timeout = 30_000 });
    }

    private static ILocator Coach(Visit visit) =>
        visit.Page.GetByRole(AriaRole.Group, new() { Name = "Antes de enviar" });
}
