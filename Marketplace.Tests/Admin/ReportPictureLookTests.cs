using System.Net;
using Bunit;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Files;
using Marketplace.Web.Safety.Reports;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Admin;

/// <summary>Bruno and Ana report each other, each with a picture. Carla and Olga administer.</summary>
public sealed class ReportPictureLookTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person bruno = default!;
    private Person carla = default!;
    private (long Id, StoredPicture Picture) his;
    private (long Id, StoredPicture Picture) hers;

    public ReportPictureLookTests() => app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };

    public async Task InitializeAsync()
    {
        clock.Set(DateTimeOffset.UtcNow - clock.GetUtcNow());
        (var ana, bruno, var room) = await app.TalkAsync();
        carla = await app.JoinAsync("Carla", administrator: true);
        his = await ReportAsync(bruno, new(ReportKind.Room, room));
        hers = await ReportAsync(ana, new(ReportKind.Room, room));
        // The browser's session begins last.
        clock.Advance(TimeSpan.FromSeconds(1));
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task An_administrator_sees_them_once_the_report_is_open_and_each_look_is_recorded_before()
    {
        using var browser = await SiteClient.SignedInAsync(app, carla);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(browser, his.Id, his.Picture.File));
        Assert.True(
            Assert.Single(await carla.RecordAsync()) is { Action: AuditAction.ReportPictureOpened, IsRefused: true }
        );
        // Opened in another session is not opened in this one.
        await carla.Get<ReportReviewService>().TakeAsync(his.Id);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(browser, his.Id, his.Picture.File));
        await carla.GoOnInLastSessionAsync();
        await carla.Get<ReportReviewService>().TakeAsync(his.Id);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, his.Id, his.Picture.File));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, his.Id, his.Picture.Thumbnail));
        Assert.Equal(AuditAction.EvidenceOpened, (await carla.RecordAsync())[0].Action);
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, his.Id, his.Picture.File));
        var look = (await carla.RecordAsync())[0];
        Assert.Equal(
            (AuditAction.ReportPictureOpened, false, $"#{his.Id}", "Ana"),
            (look.Action, look.IsRefused, look.Text, look.Person)
        );
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(browser, hers.Id, hers.Picture.File));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(browser, his.Id, hers.Picture.File));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(browser, his.Id, Guid.NewGuid()));
    }

    [Fact]
    public async Task Nobody_else_of_the_administration_looks_along_and_a_look_ends_with_the_role()
    {
        using var browser = await SiteClient.SignedInAsync(app, carla);
        await carla.GoOnInLastSessionAsync();
        var olga = await app.JoinAsync("Olga", administrator: true);
        using var other = await SiteClient.SignedInAsync(app, olga);
        await carla.Get<ReportReviewService>().TakeAsync(his.Id);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(other, his.Id, his.Picture.File));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, his.Id, his.Picture.File));
        Assert.Null(await olga.People.ActAsync(carla.Id, AuditAction.AdministratorRevoked, "Prueba"));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(browser, his.Id, his.Picture.File));
    }

    [Fact]
    public async Task The_case_shows_them_by_name_and_says_if_they_are_gone()
    {
        await using var screen = new Screen(carla);
        var page = screen.Render<ReviewPage>(p => p.Add(one => one.Id, his.Id));
        page.WaitForElement(".report-pictures");
        var shown = page.Find(".report-pictures a");
        Assert.Equal($"/admin/reports/{his.Id}/pictures/{his.Picture.File}", shown.GetAttribute("href"));
        Assert.Equal("Foto 1 de 1 de la denuncia", shown.QuerySelector("img")!.GetAttribute("alt"));
        await using (var db = app.Look())
            await FileClaims.ReleaseAllAsync(db, bruno.Id);
        await using var later = new Screen(carla);
        var again = later.Render<ReviewPage>(p => p.Add(one => one.Id, his.Id));
        again.WaitForAssertion(() => Assert.Contains("Quien denunció las borró con su cuenta.", again.Markup));
        Assert.Empty(again.FindAll(".report-pictures a"));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser, long id, Guid name)
    {
        using var answer = await browser.GetAsync($"/admin/reports/{id}/pictures/{name}");
        Assert.True(!answer.IsSuccessStatusCode || answer.Headers.CacheControl!.NoStore);
        return answer.StatusCode;
    }

    private async Task<(long, StoredPicture)> ReportAsync(Person person, ReportTarget target)
    {
        var uploads = app.Services.GetRequiredService<PictureUploads>();
        var picture = (await uploads.SaveAsync(person.Id, new MemoryStream(Pictures.Png), default)).Value!;
        var sent = await person.Get<ReportService>().ReportAsync(target, ReportReason.Scam, null, [picture]);
        Assert.True(sent.Succeeded, sent.Refusal?.Text);
        return (sent.Value.Id, picture);
    }
}
