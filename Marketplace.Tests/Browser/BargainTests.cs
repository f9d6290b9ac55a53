using System.Globalization;
using Marketplace.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

/// <summary>From the first offer to a meeting, on a phone and at a desk.</summary>
[Collection(OneSite.Name)]
public sealed class BargainTests(Site site)
{
    [BrowserFact]
    public async Task Two_agree_on_a_price_and_a_meeting_while_two_others_wait_and_one_takes_over()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        var iris = await site.App.JoinAsync("Iris");
        var hers = await talk.AsksAsync(iris, "¿Sigue a la venta?");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await using var teo = await site.VisitAsync(talk.Teo, Site.Phone);
        await using var third = await site.VisitAsync(iris);
        var noa = await site.App.JoinAsync("Noa");
        var late = await talk.AsksAsync(noa, "¿Y ahora?");
        await using var fourth = await site.VisitAsync(noa, Site.Phone);
        await rosa.OpenAsync(talk.Url);
        await teo.OpenAsync(talk.Url);
        await third.OpenAsync($"/messages/{hers}");

        await OfferAsync(third, "Hacer oferta", "90");
        await OfferAsync(teo, "Hacer oferta", "100");
        await Expect(Strip(rosa)).ToContainTextAsync("Teo ofrece 100");
        await OfferAsync(rosa, "Contraofertar", "120");
        await PressAsync(teo, "Aceptar");
        await teo.Page.GetByRole(AriaRole.Button, new() { Name = "Sí, acepto" }).ClickAsync();
        await Expect(Strip(rosa)).ToContainTextAsync("Acordado: 120");
        await Expect(Strip(third)).ToContainTextAsync("en espera");
        await Expect(rosa.Page.Locator($"[data-room='{talk.RoomId}']")).ToContainTextAsync("acordado 120");
        // Who comes late reads why there is nothing to press.
        await fourth.OpenAsync($"/messages/{late}");
        await Expect(Strip(fourth)).ToContainTextAsync("Está reservado para otra persona");
        await Expect(Strip(fourth).GetByRole(AriaRole.Button)).ToHaveCountAsync(0);

        await MeetAsync(rosa, "Puerta del Sol");
        await PressAsync(teo, "Confirmar cita");
        await Expect(Strip(rosa)).ToContainTextAsync("Quedáis mañana a las 18:30");
        await Expect(Strip(rosa)).ToContainTextAsync("Puerta del Sol");
        Assert.Equal("CONFIRMED", await CalendarAsync(teo, talk.RoomId));

        await PressAsync(teo, "Cancelar trato");
        await teo.Page.GetByText("No encontramos día y hora").ClickAsync();
        await teo.Page.GetByRole(AriaRole.Button, new() { Name = "Sí, cancelar" }).ClickAsync();
        await Expect(rosa.Log).ToContainTextAsync("Teo ha cancelado el trato de 120");
        Assert.Equal("CANCELLED", await CalendarAsync(teo, talk.RoomId));
        await Expect(Strip(third)).ToContainTextAsync("Has ofrecido 90");
        await OfferAsync(fourth, "Hacer oferta", "80");
        await rosa.PickAsync(hers);
        await PressAsync(rosa, "Aceptar");
        await rosa.Page.GetByRole(AriaRole.Button, new() { Name = "Sí, acepto" }).ClickAsync();
        await Expect(Strip(third)).ToContainTextAsync("Acordado: 90");
        await Expect(Strip(fourth)).ToContainTextAsync("Oferta de 80 € en espera");
    }

    private static ILocator Strip(Visit visit) => visit.Page.GetByRole(AriaRole.Region, new() { Name = "Negociación" });

    private static Task PressAsync(Visit visit, string act) =>
        Strip(visit).GetByRole(AriaRole.Button, new() { Name = act, Exact = true }).ClickAsync();

    private static async Task OfferAsync(Visit visit, string act, string price)
    {
        await PressAsync(visit, act);
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox).FillAsync(price);
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"Ofrecer {price}" }).ClickAsync();
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private static async Task MeetAsync(Visit visit, string place)
    {
        await PressAsync(visit, "Quedar");
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        // The browser's day, which is the reader's.
        var tomorrow = await visit.Page.EvaluateAsync<string>(
            "() => { const day = new Date(Date.now() + 864e5); return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`; }"
        );
        await dialog.GetByLabel("Día").FillAsync(tomorrow);
        await dialog.GetByLabel("Hora", new() { Exact = true }).FillAsync("18:30");
        await dialog.GetByLabel("Lugar").FillAsync(place);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Proponer" }).ClickAsync();
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private static async Task<string?> CalendarAsync(Visit visit, long room)
    {
        var file = await visit.Page.EvaluateAsync<string>(
            string.Create(
                CultureInfo.InvariantCulture,
                $"() => fetch('/messages/{room}/meeting.ics').then((answer) => answer.text())"
            )
        );
        var entry = Assert.Single(Ical.Net.Calendar.Load(file)!.Events);
        Assert.Equal("Puerta del Sol", entry.Location);
        return entry.Status;
    }
}
