using System.Net;
using Bunit;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Rooms;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Admin;

/// <summary>Why an administrator looks is said, and recorded, before anything is shown.</summary>
public sealed class LookTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    [Fact]
    public async Task A_room_opens_after_a_reason_which_the_record_keeps_with_where_from()
    {
        await using var alone = new MarketplaceApp();
        var (_, bruno, room) = await alone.TalkAsync();
        var carla = await alone.JoinAsync("Carla", administrator: true);
        await bruno.SaysAsync(room, "Te llamo al 600 000 000");
        await using var hers = new Screen(carla);
        var page = hers.Render<RoomPage>(p => p.Add(one => one.RoomId, room));
        page.WaitForElement("form");
        Assert.DoesNotContain("600 000 000", page.Markup);
        await page.Find("form").SubmitAsync();
        Assert.Equal("Elige un motivo.", page.Find("[role=alert]").TextContent);
        page.Find("input[value=Other]").Change("Other");
        await page.Find("form").SubmitAsync();
        Assert.Contains("Explica con tus palabras", page.Find("[role=alert]").TextContent);
        Assert.Empty(await carla.RecordAsync());
        page.Find("textarea").Change("  Lo pide su abogada \u202e ");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("600 000 000", page.Markup));
        var look = Assert.Single(await carla.RecordAsync());
        Assert.Equal(
            (AuditAction.RoomOpened, room, LookReason.Other, "Lo pide su abogada"),
            (look.Action, look.Room!.Id, look.Reason, look.Text)
        );
        Assert.NotNull(look.SessionId);
    }

    [Fact]
    public async Task Without_a_record_there_is_no_look()
    {
        await using var broken = new MarketplaceApp();
        var (_, bruno, room) = await broken.TalkAsync();
        var carla = await broken.JoinAsync("Carla", administrator: true);
        await bruno.SaysAsync(room, "Te llamo al 600 000 000");
        await using (var db = broken.Look())
            await db.Database.ExecuteSqlRawAsync(
                "CREATE TRIGGER Full BEFORE INSERT ON AuditEntries BEGIN SELECT RAISE(ABORT, 'full'); END"
            );
        using var look = carla.LooksAt(room);
        await Assert.ThrowsAnyAsync<Exception>(() => look.LoadAsync());
        Assert.Empty(look.Window.Messages);
        Assert.Null(look.Room);
    }

    [Fact]
    public async Task What_is_searched_is_recorded_and_so_is_reading_the_record_once_a_visit()
    {
        var carla = await app.JoinAsync("Carla", administrator: true);
        var vera = await app.JoinAsync("Vera", auditor: true);
        await carla.Supervision.RoomsAsync(new("bici roja"));
        await carla.Supervision.RoomsAsync(RoomFilter.None);
        await carla.Supervision.PeopleAsync("bruno");
        var mine = new AuditFilter { AdministratorId = carla.Id };
        for (var i = 0; i < 2; i++)
            await vera.Get<AuditService>().PageAsync(mine);
        var seen = (await vera.Get<AuditService>().PageAsync(mine)).Rows;
        Assert.Equal(
            [(AuditAction.PeopleSearched, "bruno"), (AuditAction.RoomsSearched, "bici roja")],
            seen.Select(entry => (entry.Action, entry.Text))
        );
        var hers = (await vera.Get<AuditService>().PageAsync(new() { AdministratorId = vera.Id })).Rows;
        Assert.Equal(AuditAction.RecordOpened, Assert.Single(hers).Action);
    }

    [Fact]
    public async Task The_record_is_filtered_by_its_address_and_exported_without_formulas()
    {
        var carla = await app.JoinAsync("Carla", administrator: true);
        var ana = await app.JoinAsync("Ana");
        await carla.Supervision.PeopleAsync("=HYPERLINK(\"http://x\")");
        await carla.People.ActAsync(ana.Id, AuditAction.PersonSuspended, "Prueba");
        using var browser = await SiteClient.SignedInAsync(app, carla);
        var address = $"/admin/audit/export?person={ana.Id}&since={DateTime.UtcNow:yyyy-MM-dd}&until=nonsense&action=";
        var csv = await browser.GetStringAsync(address);
        Assert.Contains("\"Suspendió una cuenta\",\"\",\"Ana\"", csv);
        Assert.DoesNotContain("HYPERLINK", csv);
        Assert.Contains(
            "\"'=HYPERLINK(\"\"http://x\"\")\"",
            await browser.GetStringAsync($"/admin/audit/export?who={carla.Id}")
        );
        Assert.Equal(
            HttpStatusCode.OK,
            (await browser.GetAsync("/admin/audit?since=0001-01-01&until=9999-12-31&room=9e9&action=99")).StatusCode
        );
        Assert.Equal(AuditAction.RecordExported, (await carla.RecordAsync())[0].Action);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_two_see_when_and_why_and_not_who_if_the_site_shows_it_and_the_privacy_page_says_which(
        bool shows
    )
    {
        await using var site = new MarketplaceApp();
        site.Settings["Audit:ShowLooks"] = shows ? "true" : "false";
        var (ana, bruno, room) = await site.TalkAsync();
        var carla = await site.JoinAsync("Carla", administrator: true);
        Assert.Equal(shows ? [] : null, await ana.Chat.LooksAsync(room));
        using var look = carla.LooksAt(room);
        await look.LoadAsync();
        foreach (var person in new[] { ana, bruno })
            Assert.Equal(shows ? ["Fraud"] : null, (await person.Chat.LooksAsync(room))?.Select(one => one.Reason));
        Assert.Null(await (await site.JoinAsync("Teo")).Chat.LooksAsync(room));
        using var visitor = SiteClient.Visitor(site);
        var page = WebUtility.HtmlDecode(await visitor.GetStringAsync("/privacy"));
        Assert.Equal(shows, page.Contains("ves cuándo la abrió la administración"));
        Assert.Equal(!shows, page.Contains("no muestra esas consultas"));
    }
}
