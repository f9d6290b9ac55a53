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
}
