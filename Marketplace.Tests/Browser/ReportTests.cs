using Marketplace.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

[Collection(SecondSite.Name)]
public sealed class ReportTests(Site site)
{
    [BrowserFact]
    public async Task A_message_is_reported_from_its_menu_with_a_reason_and_a_button()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        var mine = await talk.Rosa.SaysAsync(talk.RoomId, "Mía");
        var bad = await talk.Teo.SaysAsync(talk.RoomId, "Págame por este enlace");
        await using var rosa = await site.VisitAsync(talk.Rosa, Site.Phone);
        await rosa.OpenAsync(talk.Url);
        await OpenMenuAsync(rosa, mine.Seq);
        await Expect(rosa.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Denunciar" })).ToHaveCountAsync(0);
        await rosa.Page.Keyboard.PressAsync("Escape");
        await OpenMenuAsync(rosa, bad.Seq);
        await rosa.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Denunciar" }).ClickAsync();
        await rosa.Page.GetByText("Pide pagar fuera de aquí").ClickAsync();
        await rosa.Page.GetByRole(AriaRole.Button, new() { Name = "Enviar la denuncia" }).ClickAsync();
        await Expect(rosa.Page.GetByText("Un mensaje de Teo")).ToBeVisibleAsync();
        await Expect(rosa.Page.GetByText("La administración todavía no ha decidido.")).ToBeVisibleAsync();
    }

    private static async Task OpenMenuAsync(Visit visit, long seq)
    {
        await visit.Page.Locator($".message[data-seq='{seq}']").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
    }
}
