using System.Text.RegularExpressions;
using Marketplace.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

[Collection(OneSite.Name)]
public sealed class HomeTests(Site site)
{
    [BrowserFact]
    public async Task A_heart_is_set_and_taken_back_by_the_keyboard_without_leaving_the_page()
    {
        var (rosa, teo) = (await site.App.JoinAsync("Rosa"), await site.App.JoinAsync("Teo"));
        var title = $"Acordeón {Guid.NewGuid():N}";
        await rosa.SellsAsync(title);
        await using var his = await site.VisitAsync(teo);
        await his.Page.GotoAsync($"/?q={title[^32..]}");
        await his.Page.EvaluateAsync("() => { window.stayed = true; }");
        var heart = his.Page.GetByRole(AriaRole.Button, new() { Name = $"Guardar en favoritos: {title}" });
        await heart.FocusAsync();
        await his.Page.Keyboard.PressAsync("Enter");
        await Expect(heart).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(his.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Guardado en favoritos");
        Assert.Single((await teo.Get<Marketplace.Web.Listings.FavouriteService>().PageAsync(null)).Items);
        await his.Page.Keyboard.PressAsync("Space");
        await Expect(heart).ToHaveAttributeAsync("aria-pressed", "false");
        await Expect(his.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Quitado de favoritos");
        Assert.Empty((await teo.Get<Marketplace.Web.Listings.FavouriteService>().PageAsync(null)).Items);
        Assert.True(await his.Page.EvaluateAsync<bool>("() => window.stayed"));
    }

    [BrowserFact]
    public async Task A_heart_lies_over_its_card_and_not_in_its_link()
    {
        await using var bruno = await site.VisitAsync("bruno", Site.Phone);
        await bruno.Page.GotoAsync("/?q=cafetera");
        await bruno.Page.Locator(".card button").First.TapAsync();
        await Expect(bruno.Page.Locator(".card button").First).ToHaveAttributeAsync("aria-pressed", "true");
        await bruno.Page.GotoAsync("/favourites");
        await bruno.Page.Locator(".card").Filter(new() { HasText = "Cafetera" }).TapAsync();
        await Expect(bruno.Page).ToHaveURLAsync(new Regex(@"/listings/\d+$"));
    }

    [BrowserFact]
    public async Task A_session_that_ended_meanwhile_leads_to_sign_in()
    {
        await using var teo = await site.VisitAsync(await site.App.JoinAsync("Teo"));
        await teo.Page.GotoAsync("/?q=cafetera");
        teo.ExpectComplaints();
        await teo.Page.Context.ClearCookiesAsync();
        await teo.Page.Locator(".card button").First.ClickAsync();
        await teo.SignedOutAsync();
    }

    [BrowserFact]
    public async Task Filters_are_set_in_a_sheet_of_the_phone_and_taken_away_one_by_one()
    {
        await using var visit = await site.VisitAsync(device: Site.Phone);
        await visit.Page.GotoAsync("/");
        await OpenAsync(visit);
        await visit.Page.GetByLabel("Máximo").FillAsync("100");
        await visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "En buen estado" }).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Por envío" }).CheckAsync();
        await visit
            .Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Ver .*anuncio|^No hay") })
            .ClickAsync();
        var active = visit.Page.GetByRole(AriaRole.List, new() { Name = "Filtros activos" });
        await Expect(active.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
        await Expect(visit.Page.GetByRole(AriaRole.Complementary, new() { Name = "Filtros" }))
            .ToBeVisibleAsync(new() { Visible = !await Filters(visit).IsVisibleAsync() });
        foreach (var left in new[] { 2, 1 })
        {
            await active.GetByRole(AriaRole.Link).First.ClickAsync();
            await Expect(active.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(left);
        }
        await active.GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(active).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task Escape_closes_the_sheet_and_a_wrong_price_is_named_outside_of_it_too()
    {
        await using var visit = await site.VisitAsync(device: Site.Phone);
        await visit.Page.GotoAsync("/?min=abc");
        await Expect(visit.Page.GetByText("Mínimo: escribe un precio").And(visit.Page.Locator(":visible")))
            .ToHaveCountAsync(1);
        var isSheet = await Filters(visit).IsVisibleAsync();
        await OpenAsync(visit);
        await Expect(visit.Page.GetByLabel("Mínimo")).ToHaveAttributeAsync("aria-invalid", "true");
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Page.GetByLabel("Mínimo")).ToBeVisibleAsync(new() { Visible = !isSheet });
    }

    private static ILocator Filters(Visit visit) => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Filtros" });

    private static async Task OpenAsync(Visit visit)
    {
        if (await Filters(visit).IsVisibleAsync())
            await Filters(visit).ClickAsync();
        await visit.Page.GetByLabel("Máximo").WaitForAsync();
    }

    [BrowserFact]
    public async Task The_button_of_the_filters_says_how_many_they_would_show_before_it_is_pressed()
    {
        var ana = await site.App.JoinAsync("Ana");
        await ana.SellsAsync("Salterio de nogal", "60");
        await ana.SellsAsync("Salterio de pino", "90");
        await using var visit = await site.VisitAsync(device: Site.Phone);
        await visit.Page.GotoAsync("/?q=salterio");
        await OpenAsync(visit);
        await Expect(Button("Ver 2 anuncios")).ToBeVisibleAsync();
        await visit.Page.GetByLabel("Máximo").FillAsync("80");
        await Expect(Button("Ver 1 anuncio")).ToBeVisibleAsync();
        await visit.Page.GetByLabel("Máximo").FillAsync("10");
        await Expect(Button("No hay anuncios así")).ToBeVisibleAsync();
        await visit.Page.GetByLabel("Máximo").FillAsync("80");
        await Button("Ver 1 anuncio").ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("max=80"));
        await OpenAsync(visit);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Quitar filtros" }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"/\?q=salterio$"));

        ILocator Button(string name) => visit.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
    }

    [BrowserFact]
    public async Task A_search_is_emptied_by_its_cross_and_by_the_way_back()
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync("/");
        var search = visit.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Buscar" });
        await search.FillAsync("bandurria");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page).ToHaveURLAsync(new Regex("q=bandurria"));
        await visit.Page.GoBackAsync();
        await Expect(search).ToHaveValueAsync("");
        await visit.Page.GoForwardAsync();
        await Expect(search).ToHaveValueAsync("bandurria");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Borrar la búsqueda" }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(site.Address.ToString());
        await Expect(search).ToHaveValueAsync("");
    }
}
