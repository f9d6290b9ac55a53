using Marketplace.Tests.Support;
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
}
