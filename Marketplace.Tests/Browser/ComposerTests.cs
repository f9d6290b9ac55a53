using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Rooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

[Collection(Alone.Name)]
public sealed class ComposerTests(Site site)
{
    [BrowserFact]
    public async Task What_is_being_written_is_noticed_within_half_a_second_and_goes_on_at_another_device()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await using var phone = await site.VisitAsync(talk.Teo, Site.Phone);
        await using var desk = await site.VisitAsync(talk.Teo);
        await desk.Page.GotoAsync("/messages");
        await Task.WhenAll(rosa.OpenAsync(talk.Url), phone.OpenAsync(talk.Url));
        var presence = rosa.Page.Locator(".room-presence");
        // The first message warms the server up; the second is measured.
        await phone.Text.PressSequentiallyAsync("Sí");
        await Expect(presence).ToHaveTextAsync("escribiendo…");
        await phone.Send.TapAsync();
        await rosa.SeesAsync("Sí");
        await Expect(presence).ToHaveTextAsync("en línea");
        await rosa.Page.EvaluateAsync(NotingWhenWriting);
        await phone.Text.EvaluateAsync(NotingWhenPressed);
        await phone.Text.PressSequentiallyAsync("Podría el sáb");
        await Expect(presence).ToHaveTextAsync("escribiendo…");
        Assert.InRange(
            await rosa.Page.EvaluateAsync<double>(Noted) - await phone.Page.EvaluateAsync<double>(Noted),
            0,
            500
        );

        await Eventually.TrueAsync(
            async () => await talk.Teo.Get<MembershipService>().DraftAsync(talk.RoomId) == "Podría el sáb",
            "all of it is kept"
        );
        await Expect(desk.Conversations).ToContainTextAsync(["Borrador"]);
        await desk.Conversations.GetByRole(AriaRole.Link).ClickAsync();
        await desk.LiveAsync();
        Assert.Equal("Podría el sáb", await desk.Text.InputValueAsync());
        await Expect(presence).ToHaveTextAsync("en línea", new() { Timeout = 15_000 });
        await desk.Text.PressSequentiallyAsync("ado");
        await desk.Page.Keyboard.PressAsync("Enter");
        await rosa.SeesAsync("Podría el sábado");
        await phone.OpenAsync(talk.Url);
        await phone.SeesAsync("Podría el sábado");
        Assert.Equal("", await phone.Text.InputValueAsync());
    }

    [BrowserFact]
    public async Task Who_goes_to_another_conversation_at_once_finds_the_draft_at_another_device()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        var other = await talk.AsksAsync(talk.Teo, "¿Y este?", await talk.Rosa.SellsAsync("Patinete"));
        await using var teo = await site.VisitAsync(talk.Teo);
        await teo.OpenAsync(talk.Url);
        await teo.Text.FillAsync("A medio escribir");
        await teo.PickAsync(other);
        await teo.SeesAsync("¿Y este?");
        await using var phone = await site.VisitAsync(talk.Teo, Site.Phone);
        await phone.OpenAsync(talk.Url);
        await Expect(phone.Text).ToHaveValueAsync("A medio escribir");
    }

    [BrowserFact]
    public async Task Who_asks_for_the_first_time_is_offered_the_question()
    {
        var (rosa, teo) = (await site.App.JoinAsync("Rosa"), await site.App.JoinAsync("Teo"));
        var listing = await rosa.SellsAsync("Tándem");
        await using var buyer = await site.VisitAsync(teo, Site.Phone);
        await buyer.OpenAsync($"/messages/{await teo.ContactsAsync(listing)}");
        var suggestions = buyer.Page.GetByRole(AriaRole.Group, new() { Name = "Sugerencias" });
        await Expect(suggestions.GetByRole(AriaRole.Button)).ToHaveCountAsync(3);
        await buyer.Text.FillAsync("Hola, ¿cuándo puedo verlo?");
        await Expect(suggestions).ToBeHiddenAsync();
        await buyer.OpenAsync(buyer.Page.Url);
        await Expect(suggestions).ToBeHiddenAsync();
        await buyer.Text.FillAsync("");
        await suggestions.GetByRole(AriaRole.Button, new() { Name = "¿Sigue disponible?" }).TapAsync();
        await Expect(buyer.Text).ToHaveValueAsync("¿Sigue disponible?");
        await Expect(suggestions).ToBeHiddenAsync();
        Assert.Empty(await rosa.Inbox.PageAsync());
        await buyer.Text.PressSequentiallyAsync(" Lo recojo hoy.");
        await buyer.Send.ClickAsync();
        await Expect(buyer.Log.Locator(".message.mine .body")).ToHaveTextAsync("¿Sigue disponible? Lo recojo hoy.");
        Assert.Equal("¿Sigue disponible? Lo recojo hoy.", Assert.Single(await rosa.Inbox.PageAsync()).LastPreview);
    }

    [BrowserFact]
    public async Task A_sentence_of_ones_own_is_written_by_its_shortcut()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var rosa = await site.VisitAsync(talk.Rosa, Site.Phone);
        await rosa.OpenAsync(talk.Url);
        await rosa.Text.PressSequentiallyAsync("/");
        var none = rosa.Page.GetByText("Aún no tienes respuestas rápidas.");
        await Expect(none).ToBeVisibleAsync();
        await rosa.Page.Keyboard.PressAsync("Enter");
        await Expect(rosa.Text).ToHaveValueAsync("/");
        await none.GetByRole(AriaRole.Link, new() { Name = "Crear una" }).ClickAsync();
        await rosa.Page.Locator("main[data-interactive]").WaitForAsync();
        await KeepAsync("envío", "Hago envíos a toda la península.");
        await KeepAsync("entrega", "Entrego en mano los sábados.");
        await rosa.OpenAsync(talk.Url);
        await rosa.Text.FillAsync("");
        await rosa.Text.PressSequentiallyAsync("/en");
        var offered = rosa.Page.GetByRole(AriaRole.Listbox).GetByRole(AriaRole.Option);
        await Expect(offered).ToContainTextAsync(["/entrega", "/envio"]);
        await offered.Last.TapAsync();
        await Expect(rosa.Text).ToHaveValueAsync("Hago envíos a toda la península.");
        await rosa.Text.FillAsync("");
        await rosa.Text.PressSequentiallyAsync("/EN");
        await rosa.Text.DispatchEventAsync(
            "keydown",
            new
            {
                key = "Enter",
                isComposing = true,
                bubbles = true,
            }
        );
        await Expect(rosa.Text).ToHaveValueAsync("/EN");
        await rosa.Page.Keyboard.PressAsync("ArrowDown");
        await rosa.Page.Keyboard.PressAsync("ArrowDown");
        await rosa.Page.Keyboard.PressAsync("Enter");
        await Expect(rosa.Text).ToHaveValueAsync("Entrego en mano los sábados.");
        await rosa.Send.TapAsync();
        await rosa.SeesAsync("Entrego en mano los sábados.");

        async Task KeepAsync(string shortcut, string text)
        {
            await rosa.Page.GetByLabel("Atajo").FillAsync(shortcut);
            await rosa.Page.GetByLabel("Texto", new() { Exact = true }).FillAsync(text);
            await rosa.Page.GetByRole(AriaRole.Button, new() { Name = "Guardar" }).TapAsync();
            await rosa.Page.Locator("li").GetByText(text).WaitForAsync();
        }
    }

    [BrowserFact]
    public async Task An_address_of_ours_is_a_card_a_foreign_one_a_safe_link_and_a_script_only_text()
    {
        var talk = await Talk.BeginAsync(site, "Tándem rojo");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await using var teo = await site.VisitAsync(talk.Teo, Site.Phone);
        await Task.WhenAll(rosa.OpenAsync(talk.Url), teo.OpenAsync(talk.Url));
        await teo.SayAsync($"Este: {site.Address}listings/{talk.ListingId}");
        var card = rosa.Row("Este:").Locator("a.listing-card");
        Assert.Contains("Tándem rojo", await card.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal($"/listings/{talk.ListingId}", await card.GetAttributeAsync("href"));
        await teo.SayAsync("Como en https://example.com/tandem?a=1&b=2, ¿no?");
        var link = rosa.Row("Como en").GetByRole(AriaRole.Link);
        Assert.Equal("https://example.com/tandem?a=1&b=2", await link.GetAttributeAsync("href"));
        Assert.Equal("noopener noreferrer nofollow ugc", await link.GetAttributeAsync("rel"));
        Assert.Equal("_blank", await link.GetAttributeAsync("target"));
        await teo.SayAsync("javascript:alert(1) <a href='javascript:alert(1)'>aquí</a>");
        await rosa.Row("javascript:").WaitForAsync();
        await Expect(rosa.Log.Locator("a[href^='javascript' i]")).ToHaveCountAsync(0);
        await Expect(rosa.Row("javascript:").GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
        await Expect(teo.Row("Este:").Locator("a.listing-card")).ToContainTextAsync("180 €");
    }

    private const string Noted = "() => window.noted";

    // All pages share this machine's clock.
    private const string NotingWhenPressed =
        "(text) => text.addEventListener('keydown', () => { window.noted ??= performance.timeOrigin + performance.now(); })";

    private const string NotingWhenWriting = """
        () => new MutationObserver(() => {
          if (document.querySelector('.room-presence').textContent === 'escribiendo…') window.noted ??= performance.timeOrigin + performance.now();
        }).observe(document.querySelector('.room-header'), { childList: true, subtree: true, characterData: true })
        """;
}
