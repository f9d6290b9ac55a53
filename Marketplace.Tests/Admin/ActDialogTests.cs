using AngleSharp.Dom;
using Bunit;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Admin.Rooms;
using Marketplace.Web.Safety.Reports;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Marketplace.Tests.Admin;

/// <summary>What an administrator is asked before an act.</summary>
public sealed class ActDialogTests : IAsyncLifetime
{
    private readonly MarketplaceApp app = new();
    private Person ana = default!;
    private Person bruno = default!;
    private Person carla = default!;
    private long room;

    public async Task InitializeAsync()
    {
        (ana, bruno, room) = await app.TalkAsync();
        carla = await app.JoinAsync("Carla", administrator: true);
        await bruno.SaysAsync(room, "Llámame al 612 345 678");
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task A_button_pressed_twice_asks_once_and_asks_again_after_the_answer()
    {
        foreach (var title in new[] { "Mesa", "Silla", "Cuna", "Cama" })
            await bruno.SaysAsync(await bruno.ContactsAsync(await ana.SellsAsync(title)), "Hola");
        await using var screen = new Screen(carla);
        var dialogs = screen.Render<MudDialogProvider>();
        var page = screen.Render<RoomsPage>();
        page.WaitForAssertion(() => Assert.Equal(5, page.FindAll("tbody .mud-table-row").Count));
        page.Find(".bulk-bar input").Change(true);
        page.WaitForAssertion(() => Assert.Equal(4, page.FindAll(".bulk-bar .button").Count));
        for (var time = 0; time < 2; time++)
        {
            Button(page, "Cerrar").Click();
            Button(page, "Cerrar").Click();
            Button(page, "Conservar").Click();
            dialogs.WaitForAssertion(() => Assert.Single(dialogs.FindAll(".mud-dialog")));
            // All of them, however many.
            Assert.Equal(5, dialogs.FindAll(".bulk-whom li").Count);
            Button(dialogs, "Cancelar").Click();
            dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll(".mud-dialog")));
        }
    }

    [Fact]
    public async Task Words_that_the_message_does_not_have_are_said_at_the_field_and_nothing_typed_is_lost()
    {
        await using var screen = new Screen(carla);
        var dialogs = screen.Render<MudDialogProvider>();
        var actions = screen.Services.GetRequiredService<CaseActions>();
        var said = new ReportTarget(ReportKind.Message, room, 1);
        var asking = dialogs.InvokeAsync(() =>
            actions.AskAsync(said, ReportOutcome.TextMasked, () => Task.CompletedTask)
        );
        dialogs.WaitForElement("select").Change("PersonalData");
        dialogs.Find("textarea").Input("Los datos, en el chat no.");
        dialogs.Find("input").Input("999");
        Button(dialogs, "Tapar esa parte").Click();
        dialogs.WaitForAssertion(() =>
            Assert.Contains("no están en el mensaje", dialogs.Find("[role=alert]").TextContent)
        );
        Assert.Equal("true", dialogs.Find("input").GetAttribute("aria-invalid"));
        Assert.Equal("999", dialogs.Find("input").GetAttribute("value"));
        Assert.Equal("Los datos, en el chat no.", dialogs.Find("textarea").GetAttribute("value"));
        dialogs.Find("input").Input("612 345 678");
        Assert.Null(dialogs.Find("input").GetAttribute("aria-invalid"));
        Button(dialogs, "Tapar esa parte").Click();
        await asking;
        await using var db = app.Look();
        Assert.DoesNotContain("612", (await db.Messages.SingleAsync(message => message.RoomId == room)).Body);
    }

    [Fact]
    public async Task A_text_that_changed_meanwhile_is_said_in_the_dialog_too()
    {
        await using var screen = new Screen(carla);
        var dialogs = screen.Render<MudDialogProvider>();
        var actions = screen.Services.GetRequiredService<CaseActions>();
        var said = new ReportTarget(ReportKind.Message, room, 1);
        _ = dialogs.InvokeAsync(() => actions.AskAsync(said, ReportOutcome.MessageHidden, () => Task.CompletedTask));
        dialogs.WaitForElement("select").Change("PersonalData");
        await bruno.Get<Web.Chat.MessageService>().EditAsync(room, 1, "Perdona");
        Button(dialogs, "Ocultar el mensaje").Click();
        dialogs.WaitForAssertion(() =>
            Assert.Contains("El texto ha cambiado", dialogs.Find("[role=alert]").TextContent)
        );
        Assert.NotEqual("", dialogs.Find("textarea").GetAttribute("value"));
    }

    [Fact]
    public async Task Nothing_fails_when_a_right_ended_and_the_browser_is_gone()
    {
        await using var screen = new Screen(carla);
        var reload = screen.JSInterop.SetupVoid("location.reload");
        screen.Render<SignInAgain>();
        reload.SetCanceled();
        Assert.False(screen.Renderer.UnhandledException.IsCompleted);
    }

    private static IElement Button<T>(IRenderedComponent<T> where, string name)
        where T : IComponent => where.FindAll("button").Single(button => button.TextContent.Trim() == name);
}
