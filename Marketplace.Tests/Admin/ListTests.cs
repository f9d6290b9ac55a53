using Bunit;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.People;
using Marketplace.Web.Admin.Rooms;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Marketplace.Tests.Admin;

public sealed class ListTests : IAsyncLifetime
{
    private readonly MarketplaceApp app = new();
    private Person ana = default!;
    private Person bruno = default!;
    private Person carla = default!;

    public async Task InitializeAsync()
    {
        (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        carla = await app.JoinAsync("Carla", administrator: true);
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Rooms_come_a_page_at_a_time_and_the_address_says_which()
    {
        for (var i = 0; i <= SupervisionService.Page; i++)
            await TalkAsync($"Bici {i}");
        await using var hers = new Screen(carla);
        var page = hers.Render<RoomsPage>();
        Shows(page, SupervisionService.Page);
        Assert.Empty(page.FindAll("[rel=prev]"));
        Go(hers, page.Find("[rel=next]"));
        Shows(page, 1);
        Assert.Equal("Bici 0", page.Find("td a").TextContent);
        Assert.Empty(page.FindAll("[rel=next]"));
        Go(hers, page.Find("[rel=prev]"));
        Shows(page, SupervisionService.Page);
        Go(hers, page.Find(".admin-order"));
        page.WaitForAssertion(() => Assert.Equal("Bici 0", page.Find("td a").TextContent));
    }

    [Fact]
    public async Task What_is_typed_is_looked_for_a_moment_later()
    {
        await TalkAsync("Mesa");
        await TalkAsync("Silla");
        await using var hers = new Screen(carla);
        var page = hers.Render<RoomsPage>();
        Shows(page, 2);
        await TypeAsync(page, "mes");
        page.WaitForAssertion(() => Assert.Equal("Mesa", Assert.Single(page.FindAll("td a")).TextContent));
        Assert.EndsWith("?q=mes", hers.Services.GetRequiredService<NavigationManager>().Uri);
        await TypeAsync(page, "nadie");
        page.WaitForAssertion(() => Assert.Contains("Ninguna conversación coincide", page.Find(".empty").TextContent));
    }

    // On the dispatcher, where no render comes between finding the box and typing.
    private static Task TypeAsync(IRenderedComponent<RoomsPage> page, string text) =>
        page.InvokeAsync(() => page.Find("[role=searchbox]").InputAsync(text));

    [Fact]
    public async Task A_person_is_suspended_from_the_shared_menu_after_a_question_and_readmitted_from_the_snackbar()
    {
        await using var hers = new Screen(carla);
        var (popovers, dialogs) = (hers.Render<MudPopoverProvider>(), hers.Render<MudDialogProvider>());
        var snackbars = hers.Render<MudSnackbarProvider>();
        var page = hers.Render<UsersPage>();
        Shows(page, 3);
        page.Find("td button[aria-label='Acciones: Bruno']").Click();
        Item(popovers, "Suspender la cuenta…").Click();
        dialogs.WaitForAssertion(() => Assert.Contains("¿Suspender a Bruno?", dialogs.Markup));
        Assert.DoesNotContain("Cuenta suspendida", page.Markup);
        // What he is told comes with the rule, in his language.
        dialogs.Find("select").Change("Fraud");
        dialogs.WaitForAssertion(() =>
            Assert.Contains("No se engaña a nadie", dialogs.Find("textarea").GetAttribute("value"))
        );
        dialogs.FindAll("button").Single(button => button.TextContent == "Suspender").Click();
        snackbars.WaitForAssertion(() => Assert.Contains("Bruno está en suspenso.", snackbars.Markup));
        page.WaitForAssertion(() => Assert.Contains("Cuenta suspendida", page.Markup));
        snackbars.FindAll("button").Single(button => button.TextContent.Contains("Deshacer")).Click();
        page.WaitForAssertion(() => Assert.DoesNotContain("Cuenta suspendida", page.Markup));
    }

    [Fact]
    public async Task Nobody_is_offered_an_action_on_themselves_and_only_one_menu_is_drawn()
    {
        await using var hers = new Screen(carla);
        var popovers = hers.Render<MudPopoverProvider>();
        var page = hers.Render<UsersPage>();
        Shows(page, 3);
        Assert.Empty(page.FindComponents<MudMenu>());
        page.Find("td button[aria-label='Acciones: Carla']").Click();
        Assert.NotNull(Item(popovers, "Ver sus conversaciones"));
        Assert.DoesNotContain("Suspender", popovers.Markup);
        page.Find("td button[aria-label='Acciones: Bruno']").Click();
        page.WaitForAssertion(() => Assert.Single(page.FindComponents<MudMenu>()));
    }

    [Fact]
    public async Task The_record_shows_who_did_what_to_whom()
    {
        await carla.People.ActAsync(bruno.Id, AuditAction.PersonSuspended, "Prueba");
        await using var hers = new Screen(carla);
        var page = hers.Render<AuditPage>();
        // And that she looks at the record.
        Shows(page, 2);
        Assert.Contains("Suspendió una cuenta", page.Find("tbody").TextContent);
        Assert.Contains("Bruno", page.Find(".admin-cards").TextContent);
    }

    [Fact]
    public async Task The_record_names_a_room_by_what_it_is_about_and_who_talks_there()
    {
        var room = await bruno.ContactsAsync(await ana.SellsAsync("Mesa de pino"));
        using (var open = carla.LooksAt(room))
            Assert.True(await open.LoadAsync());
        await using var hers = new Screen(carla);
        var page = hers.Render<AuditPage>();
        // And that she looks at the record.
        Shows(page, 2);
        Assert.Equal($"/admin/rooms/{room}", page.Find("tbody a").GetAttribute("href"));
        Assert.Contains("Mesa de pino Bruno compra a Ana", page.Find("tbody").TextContent);
    }

    [Fact]
    public async Task When_somebody_joined_is_a_date_on_the_first_day_too()
    {
        await using var hers = new Screen(carla);
        var page = hers.Render<UsersPage>();
        Shows(page, 3);
        Assert.All(
            page.FindAll("tbody tr"),
            row => Assert.Matches(@"^(\d{1,2} \p{L}+|\p{L}+ \d{1,2},) \d{4}$", row.Children[3].TextContent)
        );
    }

    private static AngleSharp.Dom.IElement Item(IRenderedComponent<MudPopoverProvider> popovers, string name)
    {
        popovers.WaitForAssertion(() => Assert.Contains(name, popovers.Markup));
        return popovers.FindAll("[role=menuitem]").Single(item => item.TextContent.Contains(name));
    }

    private static void Shows<T>(IRenderedComponent<T> page, int rows)
        where T : IComponent =>
        page.WaitForAssertion(() =>
        {
            Assert.Equal(rows, page.FindAll("tbody .mud-table-row").Count);
            Assert.Equal(rows, page.FindAll(".admin-cards li").Count);
        });

    private static void Go(Screen screen, AngleSharp.Dom.IElement link) =>
        screen.Services.GetRequiredService<NavigationManager>().NavigateTo(link.GetAttribute("href")!);

    private async Task TalkAsync(string title) =>
        await bruno.SaysAsync(await bruno.ContactsAsync(await ana.SellsAsync(title)), "Hola");
}
