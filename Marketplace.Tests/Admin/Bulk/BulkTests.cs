using AngleSharp.Dom;
using Bunit;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Admin;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Bulk;
using Marketplace.Web.Admin.Evidence;
using Marketplace.Web.Admin.People;
using Marketplace.Web.Admin.Rooms;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Marketplace.Tests.Admin.Bulk;

/// <summary>An administrator chooses several, and does to each what is done to one.</summary>
public sealed class BulkTests : IAsyncLifetime
{
    private readonly MarketplaceApp app = new();
    private Person ana = default!;
    private Person bruno = default!;
    private Person carla = default!;
    private Person olga = default!;

    public async Task InitializeAsync()
    {
        (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        carla = await app.JoinAsync("Carla", administrator: true);
        olga = await app.JoinAsync("Olga", administrator: true);
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Rooms_are_closed_but_ones_own_and_what_was_closed_and_only_those_are_opened_again()
    {
        var (mesa, silla) = (await TalkAsync(bruno, "Mesa"), await TalkAsync(bruno, "Silla"));
        await TalkAsync(carla, "Lámpara");
        await using var screen = new Screen(carla);
        var dialogs = screen.Render<MudDialogProvider>();
        var page = screen.Render<RoomsPage>();
        ChooseAll(page, rows: 3);
        // Since the page was read.
        Assert.Null((await olga.Get<RoomActService>().LockAsync(silla, isLocked: true, "Fraude")).Refusal);
        Press(page, "Cerrar");
        dialogs.WaitForAssertion(() => Assert.Contains("Mesa: Bruno y Ana", dialogs.Find(".bulk-whom").TextContent));
        Assert.DoesNotContain("Lámpara", dialogs.Find(".bulk-whom").TextContent);
        Assert.Contains("Las tuyas quedan fuera (1)", dialogs.Markup);
        SayWhy(dialogs, "Piden pagar fuera", "Cerrar");
        Shows(dialogs, "Conversaciones cerradas: 1 de 2");
        var skipped = dialogs.FindAll(".bulk-skipped li").Select(row => row.TextContent);
        Assert.Equal(["Silla: Bruno y AnaYa estaba cerrada."], skipped);
        Assert.Equal((true, true), (await IsLockedAsync(mesa), await IsLockedAsync(silla)));
        Press(dialogs, "Deshacer");
        Shows(dialogs, "Deshecho: 1 de 1");
        Assert.Equal((false, true), (await IsLockedAsync(mesa), await IsLockedAsync(silla)));
        Press(dialogs, "Listo");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".bulk-bar.open")));
        var acts = (await carla.RecordAsync()).Where(entry => entry.Room is not null);
        Assert.Equal(
            [AuditAction.RoomUnlocked, AuditAction.RoomLocked, AuditAction.RoomLocked],
            acts.Select(entry => entry.Action)
        );
    }

    [Fact]
    public async Task Rooms_are_held_and_let_go()
    {
        var (mesa, silla) = (await TalkAsync(bruno, "Mesa"), await TalkAsync(bruno, "Silla"));
        await using var screen = new Screen(carla);
        var dialogs = screen.Render<MudDialogProvider>();
        var page = screen.Render<RoomsPage>();
        ChooseAll(page, rows: 2);
        Press(page, "Conservar");
        SayWhy(dialogs, "Juzgado 3", "Conservar");
        Shows(dialogs, "Conversaciones conservadas: 2 de 2");
        foreach (var room in new[] { mesa, silla })
            Assert.Equal("Juzgado 3", (await olga.Get<RoomHoldService>().FindAsync(room))!.Reason);
        Press(dialogs, "Listo");
        ChooseAll(page, rows: 2);
        Press(page, "Dejar de conservar");
        SayWhy(dialogs, "Archivado", "Dejar de conservar");
        Shows(dialogs, "Dejan de conservarse: 2 de 2");
        Assert.Null(await olga.Get<RoomHoldService>().FindAsync(mesa));
    }

    [Fact]
    public async Task People_are_suspended_each_told_in_their_language_but_not_oneself_and_all_of_it_is_taken_back()
    {
        await using (var db = app.Look())
            await db
                .Users.Where(user => user.Id == ana.Id)
                .ExecuteUpdateAsync(user => user.SetProperty(u => u.Culture, "en"));
        Assert.Null(await olga.People.ActAsync(bruno.Id, AuditAction.PersonSuspended, "Prueba"));
        await using var screen = new Screen(carla);
        var dialogs = screen.Render<MudDialogProvider>();
        var page = screen.Render<UsersPage>();
        ChooseAll(page, rows: 4);
        Press(page, "Suspender");
        dialogs.WaitForAssertion(() => Assert.Equal(2, dialogs.FindAll("textarea").Count));
        Assert.True(Button(dialogs, "Suspender").HasAttribute("disabled"));
        Assert.Contains("Tu cuenta queda fuera", dialogs.Markup);
        dialogs.Find("select").Change("Fraud");
        Shows(dialogs, "Suspender cuentas (2)");
        Assert.Contains(
            "Queda fuera",
            dialogs.FindAll(".bulk-whom li").Single(row => row.TextContent.Contains("Olga")).TextContent
        );
        dialogs.Find(".bulk-staff input").Change(true);
        Shows(dialogs, "Suspender cuentas (3)");
        Press(dialogs, "Suspender");
        Shows(dialogs, "Cuentas suspendidas: 2 de 3");
        Assert.Equal(
            ["BrunoSu cuenta ya estaba suspendida."],
            dialogs.FindAll(".bulk-skipped li").Select(row => row.TextContent)
        );
        Assert.Equal((true, true), (await IsSuspendedAsync(ana), await IsSuspendedAsync(olga)));
        await using (var db = app.Look())
        {
            var told = await db.ReportDecisions.OrderBy(one => one.Id).Select(one => one.ToPerson!).ToListAsync();
            Assert.Equal(2, told.Count);
            Assert.Contains(told, text => text.Contains("No se engaña a nadie"));
            Assert.DoesNotContain(told.Single(text => !text.Contains("No se engaña a nadie")), "cuenta");
        }
        Press(dialogs, "Deshacer");
        Shows(dialogs, "Deshecho: 2 de 2");
        Assert.Equal(
            (false, false, true),
            (await IsSuspendedAsync(ana), await IsSuspendedAsync(olga), await IsSuspendedAsync(bruno))
        );
    }

    [Fact]
    public async Task Suspensions_are_lifted_of_whoever_has_one_without_a_way_to_suspend_by_mistake()
    {
        Assert.Null(await olga.People.ActAsync(bruno.Id, AuditAction.PersonSuspended, "Prueba"));
        await using var screen = new Screen(carla);
        var dialogs = screen.Render<MudDialogProvider>();
        var page = screen.Render<UsersPage>();
        ChooseAll(page, rows: 4);
        Press(page, "Levantar la suspensión");
        SayWhy(dialogs, "Aclarado", "Levantar la suspensión");
        Shows(dialogs, "Suspensiones levantadas: 1 de 3");
        Assert.False(await IsSuspendedAsync(bruno));
        Assert.DoesNotContain("Deshacer", dialogs.Markup);
    }

    [Fact]
    public async Task Stop_is_heard_while_one_is_in_hand_and_a_page_that_goes_away_stops_too()
    {
        var inHand = new TaskCompletionSource<Refusal?>();
        var did = 0;
        var items = new[] { new BulkItem("Mesa", () => inHand.Task), new BulkItem("Silla", DoAsync) };
        await using var screen = new Screen(carla);
        var dialogs = screen.Render<MudDialogProvider>();
        var (show, one) = (screen.Services.GetRequiredService<IDialogService>(), BulkAct.Lock);
        _ = dialogs.InvokeAsync(() => BulkDialog.RunAsync(show, one, items));
        dialogs.WaitForAssertion(() => Button(dialogs, "Parar"));
        Press(dialogs, "Parar");
        Shows(dialogs, "Parando…");
        await dialogs.InvokeAsync(() => inHand.SetResult(null));
        Shows(dialogs, "Has parado. Sin tocar: 1.");
        Press(dialogs, "Listo");
        inHand = new();
        _ = dialogs.InvokeAsync(() => BulkDialog.RunAsync(show, one, items));
        dialogs.WaitForAssertion(() => Button(dialogs, "Parar"));
        await screen.DisposeComponentsAsync();
        inHand.SetResult(null);
        Assert.Equal(0, did);

        Task<Refusal?> DoAsync()
        {
            did++;
            return Task.FromResult<Refusal?>(null);
        }
    }

    [Fact]
    public async Task Two_who_suspend_each_other_at_once_leave_somebody_who_administers()
    {
        Assert.NotNull(await carla.Get<CurrentUser>().FindAdministratorAsync());
        // As if the other's act were stored, and not heard of yet.
        await using (var db = app.Look())
            await db
                .Users.Where(user => user.Id == carla.Id)
                .ExecuteUpdateAsync(user => user.SetProperty(u => u.SuspendedAt, DateTime.UtcNow));
        var refusal = await carla.People.ActAsync(olga.Id, AuditAction.PersonSuspended, "Prueba");
        Assert.Equal(
            (RefusalKind.Forbidden, "Es la única persona que administra el sitio."),
            (refusal!.Kind, refusal.Text)
        );
        Assert.False(await IsSuspendedAsync(olga));
        Assert.True((await olga.RecordAsync())[0].IsRefused);
    }

    private static void ChooseAll<T>(IRenderedComponent<T> page, int rows)
        where T : IComponent
    {
        page.WaitForAssertion(() => Assert.Equal(rows, page.FindAll("tbody .mud-table-row").Count));
        page.Find(".bulk-bar input").Change(true);
        page.WaitForAssertion(() => Assert.Contains($"{rows} elegidas", page.Find(".bulk-bar").TextContent));
    }

    private static void SayWhy(IRenderedComponent<MudDialogProvider> dialogs, string words, string yes)
    {
        dialogs.WaitForAssertion(() => Assert.Single(dialogs.FindAll("textarea")));
        dialogs.Find("textarea").Input(words);
        Press(dialogs, yes);
    }

    private static void Shows(IRenderedComponent<MudDialogProvider> dialogs, string text) =>
        dialogs.WaitForAssertion(() => Assert.Contains(text, dialogs.Find(".mud-dialog").TextContent));

    private static void Press<T>(IRenderedComponent<T> where, string name)
        where T : IComponent => Button(where, name).Click();

    private static IElement Button<T>(IRenderedComponent<T> where, string name)
        where T : IComponent => where.FindAll("button").Single(button => button.TextContent.Trim() == name);

    private async Task<long> TalkAsync(Person buyer, string title)
    {
        var room = await buyer.ContactsAsync(await ana.SellsAsync(title));
        await buyer.SaysAsync(room, "Hola");
        return room;
    }

    private async Task<bool> IsSuspendedAsync(Person person)
    {
        await using var db = app.Look();
        return await db.Users.AnyAsync(user => user.Id == person.Id && user.SuspendedAt != null);
    }

    private async Task<bool> IsLockedAsync(long roomId)
    {
        await using var db = app.Look();
        return (await db.Rooms.SingleAsync(room => room.Id == roomId)).Restrictions.HasFlag(RoomRestrictions.Locked);
    }
}
