using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

/// <summary>What becomes of an answer while it is written, and after it is sent.</summary>
[Collection(Alone.Name)]
public sealed class AnsweringTests(Site site)
{
    [BrowserFact]
    public async Task The_line_above_the_unread_ones_goes_with_the_answer_and_no_row_jumps()
    {
        var talk = await Talk.BeginAsync(site, "Tándem", said: 60);
        await talk.Rosa.Chat.MarkReadAsync(talk.RoomId, 30);
        await using var desk = await site.VisitAsync(talk.Rosa);
        await using var phone = await site.VisitAsync(talk.Rosa, Site.Phone);
        await Task.WhenAll(desk.OpenAsync(talk.Url), phone.OpenAsync(talk.Url));
        await Expect(desk.Page.GetByText("Sin leer", new() { Exact = true })).ToBeVisibleAsync();
        var place = await PlaceAsync(desk);
        await phone.SayAsync("Sí, sigue");
        foreach (var visit in new[] { phone, desk })
            await Expect(visit.Page.GetByText("Sin leer", new() { Exact = true })).ToHaveCountAsync(0);
        Assert.Equal(place, await PlaceAsync(desk), 1.0);
        await Expect(phone.Row("Sí, sigue")).ToBeInViewportAsync();

        // Somewhere in the middle of what is in view.
        static async Task<double> PlaceAsync(Visit visit) =>
            (await visit.Log.Locator("[data-seq='35']").BoundingBoxAsync())!.Y;
    }

    [BrowserFact]
    public async Task What_one_is_answering_is_shown_as_it_is_now()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var rosa = await site.VisitAsync(talk.Rosa);
        await rosa.OpenAsync(talk.Url);
        await rosa.Row("(1)").HoverAsync();
        await rosa.Row("(1)").Locator("[data-menu]").ClickAsync();
        await rosa.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Responder" }).ClickAsync();
        var answered = rosa.Page.Locator("[data-answering-text]");
        await Expect(answered).ToHaveTextAsync("¿Sigue a la venta? (1)");
        await talk.Teo.Get<MessageService>().EditAsync(talk.RoomId, 1, "¿Sigue disponible?");
        await Expect(answered).ToHaveTextAsync("¿Sigue disponible?");
        await talk.Teo.Get<MessageService>().DeleteAsync(talk.RoomId, 1);
        await Expect(answered).ToHaveTextAsync("Mensaje eliminado");
        await Expect(rosa.Text).ToBeFocusedAsync();
    }
}
