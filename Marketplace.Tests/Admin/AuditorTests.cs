using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Bunit;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.People;
using Marketplace.Web.Admin.Rooms;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Admin;

/// <summary>Vera audits: she reads what administrators did, and no room.</summary>
public sealed class AuditorTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private Person carla = default!;
    private Person vera = default!;
    private long room;

    public AuditorTests()
    {
        // The client drops cookies that are expired by the machine's clock.
        clock.Set(DateTimeOffset.UtcNow - clock.GetUtcNow());
        app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };
    }

    public async Task InitializeAsync()
    {
        (ana, _, room) = await app.TalkAsync();
        carla = await app.JoinAsync("Carla", administrator: true);
        vera = await app.JoinAsync("Vera", auditor: true);
        using var look = carla.LooksAt(room);
        Assert.True(await look.LoadAsync());
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task An_auditor_reads_the_record_and_the_figures_and_finds_nothing_else()
    {
        using var hers = await SiteClient.SignedInAsync(app, vera);
        Assert.Equal(HttpStatusCode.OK, (await hers.GetAsync("/admin")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await hers.GetAsync("/admin/audit")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await hers.GetAsync("/admin/transparency")).StatusCode);
        foreach (var page in new[] { "rooms", $"rooms/{room}", "users", "there/is/no/such/page" })
            Assert.Equal(HttpStatusCode.NotFound, (await hers.GetAsync($"/admin/{page}")).StatusCode);
        Assert.Contains("href=\"/admin\"", await hers.GetStringAsync("/"));
        using var program = await vera.ClientAsync();
        var me = await program.GetFromJsonAsync<JsonElement>("/api/account/me");
        Assert.Equal([Roles.Auditor], me.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
    }

    [Fact]
    public async Task The_record_tells_an_auditor_who_was_concerned_and_leads_into_no_room()
    {
        await using var screen = new Screen(vera);
        var page = screen.Render<AuditPage>();
        page.WaitForAssertion(() => Assert.Contains("Bicicleta eléctrica", page.Find("tbody").TextContent));
        Assert.Contains("Bruno compra a Ana", page.Find(".admin-cards").TextContent);
        Assert.All(
            page.FindAll("a").Select(link => link.GetAttribute("href")),
            url => Assert.True(url is "/admin" or "/admin/transparency" || url!.StartsWith("/admin/audit"), url)
        );
    }

    [Fact]
    public async Task An_auditor_neither_opens_rooms_nor_acts_on_people()
    {
        Assert.NotEmpty(await vera.RecordAsync());
        Assert.Empty((await vera.Supervision.RoomsAsync(RoomFilter.None)).Rows);
        Assert.Empty((await vera.Supervision.PeopleAsync(null)).Rows);
        Assert.Null(await vera.Supervision.FindRoomAsync(room));
        using var look = vera.LooksAt(room);
        Assert.False(await look.LoadAsync());
        var refused = await vera.People.ActAsync(ana.Id, AuditAction.AuditorGranted, "Prueba");
        Assert.Equal(RefusalKind.NotFound, refused!.Kind);
        Assert.Single(await carla.RecordAsync());
    }

    [Fact]
    public async Task Who_loses_the_role_reads_nothing_more()
    {
        using var page = await SiteClient.SignedInAsync(app, vera);
        using var program = await vera.ClientAsync();
        Assert.Equal(HttpStatusCode.OK, (await page.GetAsync("/admin/audit")).StatusCode);
        Assert.Null(await carla.People.ActAsync(vera.Id, AuditAction.AuditorRevoked, "Prueba"));
        Assert.Equal(HttpStatusCode.Redirect, (await page.GetAsync("/admin/audit")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/account/me")).StatusCode);
        Assert.Empty(await vera.RecordAsync());
        using var afterwards = await SiteClient.SignedInAsync(app, vera);
        Assert.Equal(HttpStatusCode.NotFound, (await afterwards.GetAsync("/admin/audit")).StatusCode);
        Assert.DoesNotContain("href=\"/admin\"", await afterwards.GetStringAsync("/"));
    }

    [Fact]
    public async Task Granting_and_taking_away_are_recorded_and_nobody_does_them_to_themselves()
    {
        Assert.Equal(
            RefusalKind.Forbidden,
            (await carla.People.ActAsync(carla.Id, AuditAction.AuditorGranted, "Prueba"))!.Kind
        );
        Assert.Null(await carla.People.ActAsync(ana.Id, AuditAction.AuditorGranted, "Prueba"));
        Assert.Null(await carla.People.ActAsync(ana.Id, AuditAction.AuditorRevoked, "Prueba"));
        var recorded = (await carla.RecordAsync()).Take(2).Select(entry => (entry.Action, entry.Person));
        Assert.Equal([(AuditAction.AuditorRevoked, "Ana"), (AuditAction.AuditorGranted, "Ana")], recorded);
    }

    [Fact]
    public async Task An_administrator_makes_an_auditor_from_the_menu()
    {
        await using var screen = new Screen(carla);
        var page = screen.ShowWithProviders<UsersPage>();
        Choose(page, "Dar permisos de auditoría…");
        page.WaitForAssertion(() => Assert.Contains("¿Dar permisos de auditoría a Ana?", page.Markup));
        page.Find(".mud-dialog textarea").Input("Entra en el equipo");
        page.FindAll(".mud-dialog button").Single(button => button.TextContent == "Dar permisos").Click();
        page.WaitForAssertion(() =>
            Assert.Equal(2, page.FindAll("tbody .tag").Count(tag => tag.TextContent == "Auditoría"))
        );
    }

    [Fact]
    public async Task Whose_proof_is_too_old_is_led_to_it_and_back_to_the_same_place()
    {
        clock.Advance(TimeSpan.FromMinutes(5));
        await using var screen = new Screen(carla, clock: clock);
        var navigation = screen.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/admin/users?q=ana");
        var page = screen.ShowWithProviders<UsersPage>();
        Choose(page, "Dar permisos de administración…");
        page.WaitForAssertion(() =>
            Assert.EndsWith("/account/manage/proof?ReturnUrl=%2Fadmin%2Fusers%3Fq%3Dana", navigation.Uri)
        );
        Assert.Empty(page.FindAll(".mud-dialog"));
    }

    private static void Choose(IRenderedComponent<Screen.Frame> page, string item)
    {
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("td button[aria-label='Acciones: Ana']")));
        page.Find("td button[aria-label='Acciones: Ana']").Click();
        page.WaitForAssertion(() => Assert.Contains(item, page.Markup));
        page.FindAll("[role=menuitem]").Single(one => one.TextContent.Contains(item)).Click();
    }
}
