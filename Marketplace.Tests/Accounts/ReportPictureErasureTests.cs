using System.Text.Json;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Files;
using Marketplace.Web.Safety.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Accounts;

/// <summary>Bruno reports Ana with a picture, and one of them leaves.</summary>
public sealed class ReportPictureErasureTests : LeavingTests
{
    [Fact]
    public async Task Whoever_adds_pictures_finds_them_once_in_the_archive()
    {
        var (id, picture) = await ReportsAsync();
        using var browser = await SignInAsync(Bruno);
        using var zip = await ArchiveAsync(browser);
        await using var list = zip.GetEntry("report-pictures.json")!.Open();
        var report = Assert.Single((await JsonDocument.ParseAsync(list)).RootElement.EnumerateArray());
        Assert.Equal(id, report.GetProperty("reportId").GetInt64());
        var name = Assert.Single(report.GetProperty("pictures").EnumerateArray()).GetString()!;
        Assert.Equal($"{picture.File:N}", name);
        Assert.Single(zip.Entries, entry => entry.FullName.StartsWith($"pictures/{name}.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task They_go_with_the_words_of_the_reporter_who_is_erased()
    {
        await ReportsAsync();
        await EraseAsync(Bruno);
        await using var db = await DatabaseAsync();
        var report = await db.Reports.SingleAsync();
        Assert.Null(report.Text);
        Assert.NotNull(report.Evidence);
        Assert.Empty(await ReportPictureService.LeftAsync(db, ReportEvidence.Parse(report.Evidence)));
        Assert.Equal(0, await SweptAsync());
    }

    [Fact]
    public async Task If_the_reported_is_erased_they_stay_until_it_is_decided_and_go_with_the_evidence()
    {
        var (id, picture) = await ReportsAsync();
        await EraseAsync(Ana);
        Assert.Equal(2, await SweptAsync());
        Assert.NotNull(await Bruno.Get<ReportPictureService>().FindAsync(id, picture.File));
        var carla = await Site.App.JoinAsync("Carla", administrator: true);
        await carla.Get<ReportReviewService>().TakeAsync(id);
        var fine = Verdict.For(ReportOutcome.NoInfringement, null, "Gracias", null)!;
        Assert.Null(await carla.Get<ReportReviewService>().DecideAsync(id, fine));
        Assert.Null(await Bruno.Get<ReportPictureService>().FindAsync(id, picture.File));
        Assert.Null(await Files.FindAsync(picture.File, Bruno.Id));
        Assert.Equal(0, await SweptAsync());
    }

    [Fact]
    public async Task If_it_is_decided_before_they_go_when_the_reported_is_erased()
    {
        var (_, picture) = await ReportsAsync();
        await using (var db = await DatabaseAsync())
            await db.Reports.ExecuteUpdateAsync(report => report.SetProperty(r => r.State, ReportState.Decided));
        await EraseAsync(Ana);
        Assert.Null(await Files.FindAsync(picture.File, Bruno.Id));
        Assert.Equal(0, await SweptAsync());
    }

    private FileStore Files => Site.App.Services.GetRequiredService<FileStore>();

    // How many are left; the site may have swept before.
    private async Task<int> SweptAsync()
    {
        await Files.SweepAsync(Site.App.Services.GetRequiredService<IKeptFiles>(), default);
        await using var db = await DatabaseAsync();
        return await db.Files.CountAsync();
    }

    private async Task EraseAsync(Person person)
    {
        await CloseAsync(await SignInAsync(person));
        Site.Clock.Advance(TimeSpan.FromHours(73));
        await EraseAsync();
    }

    private async Task<(long Id, StoredPicture Picture)> ReportsAsync()
    {
        var uploads = Site.App.Services.GetRequiredService<PictureUploads>();
        var picture = (await uploads.SaveAsync(Bruno.Id, new MemoryStream(Pictures.Png), default)).Value!;
        var sent = await Bruno
            .Get<ReportService>()
            .ReportAsync(new(ReportKind.Room, Room), ReportReason.Scam, "Cuidado", [picture]);
        Assert.True(sent.Succeeded, sent.Refusal?.Text);
        return (sent.Value.Id, picture);
    }
}
