using Bunit;
using Marketplace.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Marketplace.Tests.Shared;

public sealed class LibraryTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    [Fact]
    public async Task A_question_is_asked_in_a_dialog_and_answered_there()
    {
        await using var hers = new Screen(await app.JoinAsync("Ana"));
        var page = hers.ShowWithProviders<MudText>();
        var dialogs = hers.Services.GetRequiredService<IDialogService>();
        var answer = page.InvokeAsync(() => dialogs.ShowMessageBoxAsync("¿Borrar?", "Se pierde todo.", "Borrar"));
        page.WaitForElement("[role=dialog]");
        page.FindAll("[role=dialog] button").Single(button => button.TextContent.Trim() == "Borrar").Click();
        Assert.True(await answer);
    }

    [Fact]
    public async Task A_menu_opens_in_the_layouts_provider()
    {
        await using var hers = new Screen(await app.JoinAsync("Ana"));
        var page = hers.ShowWithProviders<MudMenu>(menu =>
            menu.Add(m => m.Label, "Más").AddChildContent<MudMenuItem>(item => item.Add(i => i.Label, "Silenciar"))
        );
        Assert.Empty(page.FindAll("[role=menuitem]"));
        page.Find("button").Click();
        Assert.Equal("Silenciar", page.WaitForElement(".mud-popover-open [role=menuitem]").TextContent.Trim());
    }
}
