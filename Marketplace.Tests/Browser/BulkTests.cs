using Marketplace.Tests.Support;
using Marketplace.Web.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Marketplace.Tests.Browser;

/// <summary>Several conversations at once.</summary>
[Collection(OneSite.Name)]
public sealed class BulkTests(Site site)
{
    [BrowserFact]
    public async Task An_administrator_closes_three_conversations_by_keyboard_stops_and_takes_it_back()
    {
        var mark = $"x{Guid.NewGuid():N}"[..10];
        var talk = await Talk.BeginAsync(site, $"Patinete {mark}");
        foreach (var name in new[] { "Vera", "Leo" })
            await talk.AsksAsync(await site.App.JoinAsync(name), "¿Cuánto mide?");
        await using var carla = await site.VisitAsync(await site.App.JoinAsync("Carla", administrator: true));
        var page = carla.Page;
        await page.GotoAsync($"/admin/rooms?q={mark}");
        var boxes = page.GetByRole(AriaRole.Checkbox, new() { Name = "Elegir" });
        await Expect(boxes).ToHaveCountAsync(3);
        foreach (var box in await boxes.AllAsync())
            await box.PressAsync("Space");
        await Expect(page.GetByText("3 elegidas")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cerrar", Exact = true }).DblClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Por qué").FillAsync("Piden pagar fuera de aquí");
        var free = new TaskCompletionSource<bool>();
        // Nobody else writes meanwhile: the first one stays in hand.
        var held = site.App.Services.GetRequiredService<WriteTransactions>().InTransactionAsync(_ => free.Task);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cerrar", Exact = true }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Parar" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("Parando…");
        free.SetResult(true);
        await held;
        await Expect(dialog).ToContainTextAsync("Conversaciones cerradas: 1 de 3");
        await Expect(dialog).ToContainTextAsync("Sin tocar: 2.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Deshacer" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("Deshecho: 1 de 1");
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.GetByText("Cerrada", new() { Exact = true })).ToHaveCountAsync(0);
    }
}
