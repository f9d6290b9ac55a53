using System.Net;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Rooms;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Admin;

public sealed class AdministratorTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    [Theory]
    [InlineData("/admin")]
    [InlineData("/admin/rooms")]
    [InlineData("/admin/rooms/1")]
    [InlineData("/admin/users")]
    [InlineData("/admin/audit")]
    [InlineData("/admin/transparency")]
    [InlineData("/admin/there/is/no/such/page")]
    public async Task A_visitor_signs_in_first_and_anybody_else_finds_nothing(string url)
    {
        using var visitor = SiteClient.Visitor(app);
        var answer = await visitor.GetAsync(url);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith(
            "/account/login",
            answer.Headers.Location!.IsAbsoluteUri
                ? answer.Headers.Location.PathAndQuery
                : answer.Headers.Location.ToString()
        );

        using var bruno = await SiteClient.SignedInAsync(app, await app.JoinAsync("Bruno"));
        var refused = await bruno.GetAsync(url);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Contains("Esta página no existe", await refused.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_page_of_a_room_that_does_not_exist_says_so_with_its_status()
    {
        using var hers = await SiteClient.SignedInAsync(app, await app.JoinAsync("Carla", administrator: true));
        var answer = await hers.GetAsync("/admin/rooms/999999999");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task An_administrator_finds_a_room_by_person_and_by_listing()
    {
        var (ana, bruno, carla) = await CastAsync();
        var mark = $"x{Guid.NewGuid():N}"[..12];
        var room = await bruno.ContactsAsync(await ana.SellsAsync($"Cámara {mark}"));
        await bruno.SaysAsync(room, "Hola");
        Assert.Equal(room, Assert.Single((await carla.Supervision.RoomsAsync(new($"camara {mark}"))).Rows).Id);
        Assert.Equal(room, Assert.Single((await carla.Supervision.RoomsAsync(new($"bruno {mark}"))).Rows).Id);
        Assert.Empty((await carla.Supervision.RoomsAsync(new($"{mark} nadie"))).Rows);
        Assert.Empty((await bruno.Supervision.RoomsAsync(RoomFilter.None)).Rows);
    }

    [Fact]
    public async Task A_person_is_found_by_any_word_of_the_name_and_by_the_address()
    {
        var carla = await app.JoinAsync("Carla", administrator: true);
        var mark = $"x{Guid.NewGuid():N}"[..12];
        var nuria = await app.JoinAsync($"🌸Núria Peña i {mark}🌸");
        foreach (var typed in new[] { $"nuria {mark}", $"peñ {mark}", mark, $"🌸 {mark}", $"{mark} NÚR" })
            Assert.Equal(nuria.Id, Assert.Single((await carla.Supervision.PeopleAsync(typed)).Rows).Id);
        Assert.Empty((await carla.Supervision.PeopleAsync($"pena {mark}")).Rows);

        var accounts = nuria.Get<AccountManager>();
        var user = (await accounts.FindByIdAsync($"{nuria.Id}"))!;
        Assert.True((await accounts.SetEmailAsync(user, $"josé.{mark}@ñandú.example")).Succeeded);
        foreach (
            var typed in new[] { $"josé.{mark}", $"JOSÉ.{mark}@ñandú.example", $"josé.{mark}@xn--and-6ma2c.example" }
        )
            Assert.Equal(nuria.Id, Assert.Single((await carla.Supervision.PeopleAsync(typed)).Rows).Id);

        user.DisplayName = $"Ona {mark}";
        Assert.True((await accounts.UpdateAsync(user)).Succeeded);
        Assert.Empty((await carla.Supervision.PeopleAsync($"nuria {mark}")).Rows);
        Assert.Equal(nuria.Id, Assert.Single((await carla.Supervision.PeopleAsync($"ona {mark}")).Rows).Id);
    }

    [Fact]
    public async Task Each_look_is_recorded_before_anything_shows_and_moves_no_mark()
    {
        var (ana, bruno, carla) = await CastAsync();
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        await bruno.SaysAsync(room, "Hola");
        using var look = carla.LooksAt(room);
        Assert.True(await look.LoadAsync());
        var entry = (await carla.RecordAsync())[0];
        Assert.Equal((AuditAction.RoomOpened, "Carla"), (entry.Action, entry.Administrator));
        Assert.Equal(new AuditRoomView(room, "Bicicleta eléctrica", "Bruno", "Ana"), entry.Room);
        Assert.Equal(1, await ana.UnreadAsync());
        await bruno.SaysAsync(room, "¿Hay alguien?");
        await Eventually.TrueAsync(() => look.Window.Messages.Count == 2, "the look is live");
        Assert.Single(await carla.RecordAsync(), e => e.Room?.Id == room);
    }

    [Fact]
    public async Task Who_loses_the_role_sees_and_hears_nothing_more()
    {
        var (ana, bruno, carla) = await CastAsync();
        var chief = await app.JoinAsync("Jefa", administrator: true);
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        using var look = carla.LooksAt(room);
        await look.LoadAsync();
        using var page = await SiteClient.SignedInAsync(app, carla);
        using var program = await carla.ClientAsync();
        Assert.Equal(HttpStatusCode.OK, (await page.GetAsync("/admin/rooms")).StatusCode);

        Assert.Null(await chief.People.ActAsync(carla.Id, AuditAction.AdministratorRevoked, "Prueba"));

        await bruno.SaysAsync(room, "Esto ya no lo ve");
        using var another = ana.Chat.Open(room, ana.RunAsync);
        await another.LoadAsync();
        Assert.Empty(look.Window.Messages);
        Assert.Equal(HttpStatusCode.Redirect, (await page.GetAsync("/admin/rooms")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/account/me")).StatusCode);
        Assert.Empty((await carla.Supervision.RoomsAsync(RoomFilter.None)).Rows);
        using var afterwards = await SiteClient.SignedInAsync(app, carla);
        Assert.Equal(HttpStatusCode.NotFound, (await afterwards.GetAsync("/admin/rooms")).StatusCode);
    }

    [Fact]
    public async Task Deeds_on_people_are_recorded_and_nobody_does_them_to_themselves()
    {
        var (ana, bruno, carla) = await CastAsync();
        Assert.NotNull(await bruno.People.ActAsync(ana.Id, AuditAction.PersonSuspended, "Prueba"));
        Assert.NotNull(await carla.People.ActAsync(carla.Id, AuditAction.AdministratorRevoked, "Prueba"));
        Assert.Null(await carla.People.ActAsync(ana.Id, AuditAction.PersonSuspended, "Prueba"));
        // Repeating an action or naming an unknown person changes nothing.
        Assert.NotNull(await carla.People.ActAsync(ana.Id, AuditAction.PersonSuspended, "Prueba"));
        Assert.NotNull(await carla.People.ActAsync(999_999, AuditAction.PersonSuspended, "Prueba"));
        Assert.Null(await ana.Get<Marketplace.Web.Accounts.CurrentUser>().FindAsync());
        await using var db = app.Look();
        Assert.Equal(
            ana.Id,
            (await db.AuditEntries.SingleAsync(entry => entry.AdministratorId == carla.Id && !entry.IsRefused)).PersonId
        );
    }

    [Fact]
    public async Task Who_grants_a_role_proves_who_they_are_and_who_takes_one_away_or_suspends_need_not()
    {
        var clock = new HandClock();
        await using var site = new MarketplaceApp { Beside = s => s.AddSingleton<TimeProvider>(clock) };
        var (ana, carla) = (await site.JoinAsync("Ana"), await site.JoinAsync("Carla", administrator: true));
        Assert.Null(await carla.People.ActAsync(ana.Id, AuditAction.AuditorGranted, "Prueba"));
        clock.Advance(TimeSpan.FromMinutes(5));
        foreach (var granted in new[] { AuditAction.AdministratorGranted, AuditAction.AuditorGranted })
            Assert.Equal(RefusalKind.Unproved, (await carla.People.ActAsync(ana.Id, granted, "Prueba"))!.Kind);
        Assert.Single(await carla.RecordAsync(), entry => !entry.IsRefused);
        Assert.Null(await carla.People.ActAsync(ana.Id, AuditAction.AuditorRevoked, "Prueba"));
        Assert.Null(await carla.People.ActAsync(ana.Id, AuditAction.PersonSuspended, "Prueba"));
        var now = await site.EnterAsync(carla.Id);
        Assert.Null(await now.People.ActAsync(ana.Id, AuditAction.AdministratorGranted, "Prueba"));
    }

    private async Task<(Person Ana, Person Bruno, Person Carla)> CastAsync() =>
        (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"), await app.JoinAsync("Carla", administrator: true));
}
