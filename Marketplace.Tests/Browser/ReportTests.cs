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

    [BrowserFact]
    public async Task A_screenshot_goes_with_a_report_and_a_file_that_is_none_is_named_at_once()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var rosa = await site.VisitAsync(talk.Rosa, Site.Phone);
        await rosa.Page.GotoAsync($"/report?room={talk.RoomId}");
        var files = rosa.Page.Locator("[data-photo-picker] [type=file]");
        await files.SetInputFilesAsync([File("carta.png", [1, 2, 3]), File("captura.png", Pictures.Sticker(300))]);
        await Expect(rosa.Page.GetByText("No hemos podido leer «carta.png»")).ToBeVisibleAsync();
        await Expect(rosa.Page.GetByAltText("Foto 1")).ToBeVisibleAsync();
        await rosa.Page.GetByText("Parece una estafa").ClickAsync();
        await rosa.Page.GetByRole(AriaRole.Button, new() { Name = "Enviar la denuncia" }).ClickAsync();
        await Expect(rosa.Page.GetByAltText("Foto 1 de 1 de la denuncia")).ToBeVisibleAsync();
    }

    private static FilePayload File(string name, byte[] bytes) =>
        new()
        {
            Name = name,
            MimeType = "image/png",
            Buffer = bytes,
        };

    private static async Task OpenMenuAsync(Visit visit, long seq)
    {
        await visit.Page.Locator($".message[data-seq='{seq}']").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
    }
}
