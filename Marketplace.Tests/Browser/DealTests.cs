using Marketplace.Tests.Support;
using Marketplace.Web.Listings;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

[Collection(SecondSite.Name)]
public sealed class DealTests(Site site)
{
    [BrowserFact]
    public async Task A_reservation_a_new_price_and_a_sale_show_to_everybody_as_they_happen()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        var iris = await site.App.JoinAsync("Iris");
        var elsewhere = await talk.AsksAsync(iris, "¿Qué talla es?");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await using var teo = await site.VisitAsync(talk.Teo, Site.Phone);
        await using var other = await site.VisitAsync(iris);
        await Task.WhenAll(
            rosa.OpenAsync(talk.Url),
            teo.OpenAsync(talk.Url),
            other.OpenAsync($"/messages/{elsewhere}")
        );

        await MakeAsync(rosa, "Reservar para Teo");
        await teo.Log.GetByText("Rosa te ha reservado el artículo").WaitForAsync();
        await HeaderShowsAsync("Reservado para Teo", rosa);
        await HeaderShowsAsync("Reservado para ti", teo);
        await HeaderShowsAsync("Reservado", other);
        await Expect(rosa.Newest).ToContainTextAsync("Reservado");

        var form = ListingForm.Of((await talk.Rosa.Listings.FindAsync(talk.ListingId))!);
        form.Price = "150";
        await talk.Rosa.Listings.EditAsync(talk.ListingId, form);
        foreach (var visit in new[] { rosa, teo, other })
            await visit.Page.GetByRole(AriaRole.Status).GetByText("El precio cambió de 180 € a 150 €.").WaitForAsync();
        await HeaderShowsAsync("150 €", rosa, teo, other);

        await MakeAsync(rosa, "Marcar como vendido a Teo");
        await rosa.Page.GetByRole(AriaRole.Dialog, new() { Name = "¿Vendido a Teo?" }).WaitForAsync();
        await Expect(other.Log.Locator(".happened")).ToHaveCountAsync(0);
        await MakeAsync(rosa, "Sí, vendido");
        await rosa.Log.GetByText("Has marcado el artículo como vendido a Teo").WaitForAsync();
        await teo.Log.GetByText("Rosa te ha vendido el artículo").WaitForAsync();
        await other.Log.GetByText("El artículo se ha vendido a otra persona").WaitForAsync();
        await HeaderShowsAsync("Vendido a Teo", rosa);
        await HeaderShowsAsync("Lo has comprado tú", teo);
        await HeaderShowsAsync("Vendido", other);
        await rosa.Page.Locator(".room-header summary").PressAsync("Enter");
        await rosa.Page.GetByRole(AriaRole.Button, new() { Name = "Ver el anuncio original" }).ClickAsync();
        await Expect(rosa.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cerrar" }))
            .ToBeFocusedAsync();
        await rosa.Page.Keyboard.PressAsync("Escape");
        await MenuIsClosedAsync(rosa);
        await talk.Rosa.SaysAsync(elsewhere, "Lo siento, Iris");
        await other.SeesAsync("Lo siento, Iris");
        await Expect(other.Log.Locator(".happened")).ToHaveCountAsync(1);
        await Expect(rosa.Newest).ToContainTextAsync("Vendido");
        await Expect(Deals(rosa)).ToHaveCountAsync(0);
        // A failed sale: only the seller can release it.
        await Expect(teo.Page.GetByRole(AriaRole.Button, new() { Name = "Volver a poner" })).ToHaveCountAsync(0);
        await MakeAsync(rosa, "Volver a ponerlo a la venta");
        await rosa
            .Page.GetByRole(AriaRole.Dialog, new() { Name = "¿Volver a poner «Tándem» a la venta?" })
            .WaitForAsync();
        await rosa.Page.GetByText("Dejará de constar como vendido").WaitForAsync();
        await MakeAsync(rosa, "Sí, vuelve a la venta");
        await teo.Log.GetByText("Rosa ha vuelto a poner el artículo a la venta").WaitForAsync();
        await other.Log.GetByText("Rosa ha vuelto a poner el artículo a la venta").WaitForAsync();
    }

    [BrowserFact]
    public async Task An_undo_takes_back_the_last_action_and_no_earlier_one()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await rosa.OpenAsync(talk.Url);
        await MakeAsync(rosa, "Reservar para Teo");
        await rosa.Page.GetByText("Reservado para Teo", new() { Exact = true }).Nth(1).WaitForAsync();
        await MakeAsync(rosa, "Marcar como vendido a Teo");
        await MakeAsync(rosa, "Sí, vendido");
        await HeaderShowsAsync("Vendido a Teo", rosa);
        await Expect(rosa.Page.GetByRole(AriaRole.Button, new() { Name = "Deshacer" })).ToHaveCountAsync(1);
        await MakeAsync(rosa, "Deshacer");
        await HeaderShowsAsync("Reservado para Teo", rosa);
    }

    [BrowserFact]
    public async Task An_undone_sale_to_the_wrong_buyer_keeps_the_item_for_whom_it_was_reserved()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        var elsewhere = await talk.AsksAsync(await site.App.JoinAsync("Iris"), "¿Qué talla es?");
        await talk.Rosa.SettlesAsync(talk.ListingId, ListingState.Reserved, talk.Teo.Id);
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await rosa.OpenAsync($"/messages/{elsewhere}");
        await MakeAsync(rosa, "Marcar como vendido a Iris");
        await MakeAsync(rosa, "Sí, vendido");
        await HeaderShowsAsync("Vendido a Iris", rosa);
        await MakeAsync(rosa, "Deshacer");
        await HeaderShowsAsync("Reservado", rosa);
        Assert.Equal(talk.Teo.Id, (await talk.Rosa.Listings.FindAsync(talk.ListingId))!.ReservedForId);
    }

    [BrowserFact]
    public async Task A_refused_deal_is_said_at_once_over_what_was_said_before()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        var iris = await site.App.JoinAsync("Iris");
        await talk.AsksAsync(iris, "¿Qué talla es?");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await rosa.OpenAsync(talk.Url);
        await MakeAsync(rosa, "Reservar para Teo");
        await rosa.Page.GetByRole(AriaRole.Button, new() { Name = "Deshacer" }).WaitForAsync();
        await MakeAsync(rosa, "Marcar como vendido a Teo");
        await talk.Rosa.SettlesAsync(talk.ListingId, ListingState.Sold, iris.Id);
        await MakeAsync(rosa, "Sí, vendido");
        await rosa.Page.GetByText("se ha vendido a Iris y no se ha hecho nada").WaitForAsync();
        await Expect(rosa.Page.GetByRole(AriaRole.Button, new() { Name = "Deshacer" })).ToHaveCountAsync(0);
        await HeaderShowsAsync("Vendido", rosa);
    }

    private static ILocator Deals(Visit visit) => visit.Page.Locator(".room-deals button", new() { HasText = "Teo" });

    private static async Task MenuIsClosedAsync(Visit visit)
    {
        await Expect(visit.Page.Locator(".room-header details")).Not.ToHaveAttributeAsync("open", "");
        await Expect(visit.Page.Locator(".room-header summary")).ToBeFocusedAsync();
    }

    private static Task MakeAsync(Visit visit, string deal) =>
        visit.Page.GetByRole(AriaRole.Button, new() { Name = deal }).ClickAsync();

    private static async Task HeaderShowsAsync(string text, params Visit[] visits)
    {
        foreach (var visit in visits)
            await visit.Page.Locator(".room-header").GetByText(text, new() { Exact = true }).First.WaitForAsync();
    }
}
