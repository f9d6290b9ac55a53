using Marketplace.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

[Collection(SecondSite.Name)]
public sealed class BlockTests(Site site)
{
    private const string Neutral = "No se puede escribir en esta conversación.";

    [BrowserFact]
    public async Task Two_open_pages_close_at_once_when_one_blocks_the_other_and_open_again()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await using var teo = await site.VisitAsync(talk.Teo, Site.Phone);
        await Task.WhenAll(rosa.OpenAsync(talk.Url), teo.OpenAsync(talk.Url));
        await Expect(teo.Page.Locator(".room-presence")).ToHaveTextAsync("en línea");

        await BlockAsync(rosa);
        var dialog = rosa.Page.GetByRole(AriaRole.Dialog, new() { Name = "¿Bloquear a Teo?" });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Bloquear" }).ClickAsync();
        await Expect(teo.Page.GetByText(Neutral)).ToBeVisibleAsync();
        await Expect(rosa.Page.GetByText("Has bloqueado a Teo.")).ToBeVisibleAsync();
        foreach (var visit in new[] { rosa, teo })
        {
            await Expect(visit.Text).ToBeHiddenAsync();
            await Expect(visit.Page.Locator(".room-presence")).ToHaveTextAsync("");
            await Expect(visit.Row("¿Sigue a la venta? (1)")).ToBeVisibleAsync();
        }
        await Expect(teo.Page.GetByText("bloqueado")).ToHaveCountAsync(0);
        await Expect(rosa.Page.Locator(".room-deals button")).ToHaveCountAsync(0);
        await teo.Page.ReloadAsync();
        await Expect(teo.Page.GetByText(Neutral)).ToBeVisibleAsync();

        await rosa.Page.GetByRole(AriaRole.Button, new() { Name = "Deshacer" }).ClickAsync();
        await Expect(teo.Text).ToBeVisibleAsync();
        await teo.SayAsync("Gracias");
        await rosa.SeesAsync("Gracias");
    }

    [BrowserFact]
    public async Task What_waits_to_be_sent_when_one_is_blocked_ends_as_not_sent()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var teo = await site.VisitAsync(talk.Teo);
        await teo.OpenAsync(talk.Url);
        await teo.Page.EvaluateAsync(
            """
            (key) => localStorage.setItem(`outbox:${key}:00000000-0000-7000-8000-000000000001`,
              JSON.stringify({ id: '00000000-0000-7000-8000-000000000001', text: '¿Me contestas?', at: 1, replyTo: null, pictures: [] }))
            """,
            $"{talk.Teo.Id}:{talk.RoomId}"
        );
        await talk.Rosa.Get<Web.Safety.BlockService>().BlockAsync(talk.Teo.Id);
        await teo.Page.ReloadAsync();
        var refused = teo.Log.Locator("[data-outbox] li", new() { HasText = "¿Me contestas?" });
        await Expect(refused).ToContainTextAsync(Neutral);
        await refused.GetByRole(AriaRole.Button, new() { Name = "Descartar" }).ClickAsync();
        await Expect(refused).ToHaveCountAsync(0);
    }

    private static async Task BlockAsync(Visit visit)
    {
        await visit.Page.Locator(".room-header summary").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Bloquear a Teo" }).ClickAsync();
    }
}
