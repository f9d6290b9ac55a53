using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

/// <summary>What an administrator sees in a room.</summary>
[Collection(OneSite.Name)]
public sealed class SupervisionTests(Site site)
{
    [BrowserFact]
    public async Task An_administrator_asks_by_keyboard_what_became_of_a_message_even_a_deleted_one()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        var gone = await talk.Teo.SaysAsync(talk.RoomId, "Esto no lo leas");
        await talk.Teo.Get<MessageService>().DeleteAsync(talk.RoomId, gone.Seq);
        await using var carla = await site.VisitAsync(await site.App.JoinAsync("Carla", administrator: true));
        await carla.SupervisesAsync(talk.RoomId);
        var row = carla.Page.Locator($".message[data-seq='{gone.Seq}']");
        await row.FocusAsync();
        await carla.Page.Keyboard.PressAsync("Enter");
        await carla.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Entrega" }).ClickAsync();
        var dialog = carla.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Para Rosa");
        await Expect(dialog).ToContainTextAsync("No: ningún dispositivo activado");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cerrar" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task An_administrator_closes_a_conversation_and_opens_it_again_by_undo()
    {
        var talk = await Talk.BeginAsync(site, "Tándem");
        await using var teo = await site.VisitAsync(talk.Teo);
        await teo.OpenAsync(talk.Url);
        await using var carla = await site.VisitAsync(await site.App.JoinAsync("Carla", administrator: true));
        await carla.SupervisesAsync(talk.RoomId);
        await carla.Page.GetByRole(AriaRole.Button, new() { Name = "Cerrar", Exact = true }).ClickAsync();
        var dialog = carla.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Teo y Rosa podrán leerla");
        await dialog.GetByLabel("Por qué").FillAsync("Piden pagar fuera de aquí");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cerrar", Exact = true }).ClickAsync();
        var strip = teo.Page.GetByText("La administración ha cerrado esta conversación.");
        await Expect(strip).ToBeVisibleAsync();
        await carla.Page.GetByRole(AriaRole.Button, new() { Name = "Deshacer" }).ClickAsync();
        await Expect(strip).ToBeHiddenAsync();
        await teo.SayAsync("Gracias");
        await teo.SeesAsync("Gracias");
    }

    [BrowserFact]
    public async Task An_administrator_watches_all_rooms_and_replays_one()
    {
        var talk = await Talk.BeginAsync(site, "Tándem", said: 3);
        await using var carla = await site.VisitAsync(await site.App.JoinAsync("Carla", administrator: true));
        await carla.Page.GotoAsync("/admin/wall");
        await Visit.OpenWallAsync(carla.Page);
        var wall = carla.Page.Locator(".wall");
        await Expect(wall).ToContainTextAsync("¿Sigue a la venta? (3)");
        await talk.Rosa.SaysAsync(talk.RoomId, "Sigue, sí");
        await Expect(wall).ToContainTextAsync("Sigue, sí");
        await carla.SupervisesAsync(talk.RoomId);
        await carla.Page.GotoAsync($"/admin/rooms/{talk.RoomId}/replay");
        var log = carla.Page.GetByRole(AriaRole.Log);
        await carla.Page.GetByLabel("Velocidad").SelectOptionAsync("0");
        await carla.Page.GetByRole(AriaRole.Button, new() { Name = "Reproducir" }).ClickAsync();
        await Expect(log).ToContainTextAsync("Sigue, sí");
        await carla.Page.GetByRole(AriaRole.Button, new() { Name = "Paso atrás" }).ClickAsync();
        await Expect(log).Not.ToContainTextAsync("Sigue, sí");
    }
}
