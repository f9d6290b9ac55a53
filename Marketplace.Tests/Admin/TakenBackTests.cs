using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;

namespace Marketplace.Tests.Admin;

/// <summary>What was decided on a report can be taken back, but not by whom it concerns.</summary>
public sealed class TakenBackTests : IAsyncLifetime
{
    private readonly MarketplaceApp app = new();
    private Person ana = default!;
    private Person bruno = default!;
    private Person carla = default!;
    private Person olga = default!;
    private long room;

    public async Task InitializeAsync()
    {
        (ana, bruno, room) = await app.TalkAsync();
        carla = await app.JoinAsync("Carla", administrator: true);
        olga = await app.JoinAsync("Olga", administrator: true);
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    private async Task<long> DecidedAsync(Person reporter, ReportTarget target, ReportOutcome outcome)
    {
        var id = (await reporter.Get<ReportService>().ReportAsync(target, ReportReason.Other, "Mira esto")).Value!.Id;
        Assert.True((await carla.Get<ReportReviewService>().TakeAsync(id)).Succeeded);
        var verdict = Verdict.For(outcome, HouseRule.Fraud, "Gracias", "Así no")!;
        Assert.Null(await carla.Get<ReportReviewService>().DecideAsync(id, verdict));
        return id;
    }

    [Fact]
    public async Task A_listing_that_was_removed_on_a_report_comes_back_and_the_reporter_reads_it()
    {
        var listing = (await carla.Supervision.FindRoomAsync(room))!.ListingId;
        var dora = await app.JoinAsync("Dora");
        var id = await DecidedAsync(bruno, new(ReportKind.Listing, ListingId: listing), ReportOutcome.ListingRemoved);
        Assert.Null(await dora.Listings.FindAsync(listing));
        Assert.Equal(id, await carla.Get<CaseService>().RemovingAsync(listing));
        Assert.Null(await carla.Get<CaseService>().TakeBackAsync(id));
        Assert.NotNull(await dora.Listings.FindAsync(listing));
        var receipt = (await bruno.Get<ReportService>().FindAsync(id))!;
        Assert.Equal(ReportOutcome.NoInfringement, receipt.Outcome);
        Assert.NotEmpty(receipt.Answer!);
        Assert.Equal(AuditAction.ActTakenBack, (await carla.RecordAsync())[0].Action);
        Assert.NotNull(await carla.Get<CaseService>().TakeBackAsync(id));
    }

    [Fact]
    public async Task Nobody_takes_back_what_was_decided_about_themselves_or_on_their_own_report()
    {
        var about = await DecidedAsync(ana, new(ReportKind.Person, PersonId: olga.Id), ReportOutcome.Warning);
        Assert.Equal(RefusalKind.Forbidden, (await olga.Get<CaseService>().TakeBackAsync(about))!.Kind);
        Assert.True((await olga.RecordAsync())[0] is { Action: AuditAction.ActTakenBack, IsRefused: true });
        var by = await DecidedAsync(olga, new(ReportKind.Person, PersonId: ana.Id), ReportOutcome.Warning);
        Assert.Equal(RefusalKind.Forbidden, (await olga.Get<CaseService>().TakeBackAsync(by))!.Kind);
        Assert.Null(await carla.Get<CaseService>().TakeBackAsync(by));
    }
}
