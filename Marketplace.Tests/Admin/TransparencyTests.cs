using System.Net;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Admin.Transparency;
using Marketplace.Web.Safety.Reports;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Admin;

/// <summary>The year's figures: Bruno reports what Ana wrote, Carla and Olga decide.</summary>
public sealed class TransparencyTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private Person bruno = default!;
    private Person carla = default!;
    private Person olga = default!;
    private long room;

    public TransparencyTests() => app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };

    public async Task InitializeAsync()
    {
        (ana, bruno, room) = await app.TalkAsync();
        await ana.SaysAsync(room, "Págame por este enlace");
        carla = await app.JoinAsync("Carla", administrator: true);
        olga = await app.JoinAsync("Olga", administrator: true);
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Notices_decisions_complaints_and_own_measures_are_told_apart()
    {
        var first = await ReportAsync(ReportReason.Scam);
        clock.Set(TimeSpan.FromMinutes(90));
        await DecideAsync(carla, first, ReportOutcome.Warning);
        var second = await ReportAsync(ReportReason.Spam);
        clock.Set(TimeSpan.FromMinutes(30));
        await DecideAsync(carla, second, ReportOutcome.NoInfringement);
        Assert.Null(await ana.Get<ObjectionService>().ObjectAsync(first, "No fui yo"));
        clock.Set(TimeSpan.FromMinutes(20));
        await DecideAsync(olga, first, ReportOutcome.NoInfringement);
        var third = await ReportAsync(ReportReason.Scam);
        clock.Set(TimeSpan.FromMinutes(60));
        await DecideAsync(carla, third, ReportOutcome.Suspension);
        Assert.Null(await carla.People.ActAsync(bruno.Id, AuditAction.PersonSuspended, "Prueba"));
        var hidden = await carla
            .Get<CaseService>()
            .ActAsync(
                new(ReportKind.Message, room, 1),
                Verdict.OnOwnInitiative(ReportOutcome.MessageHidden, HouseRule.Fraud, "No")!
            );
        Assert.Null(await carla.Get<CaseService>().TakeBackAsync(hidden.Value));
        var lines = await LinesAsync(2026);
        Assert.Equal(
            "notices 3, notices.Scam 2, notices.Spam 1, decisions 3, decisions.NoInfringement 1, decisions.Warning 1, "
                + "decisions.Suspension 1, actions.terms 2, actions.terms.Fraud 2, median.decision 60, own-initiative 2, "
                + "own-initiative.PersonSuspended 1, own-initiative.MessageHidden 1, complaints 1, complaints.decided 1, complaints.decided.Reversed 1, "
                + "median.complaint 20, suspensions 2, suspensions.Content 2",
            string.Join(", ", lines.Where(line => line.Value > 0).Select(Said))
        );
        Assert.Equal(
            ["orders", "notices.trusted-flaggers", "disputes", "recipients.monthly"],
            lines.Where(line => line.Value is null).Select(line => line.Key)
        );
    }

    [Fact]
    public async Task A_year_ends_with_its_last_day_and_what_is_objected_to_later_counts_later()
    {
        var id = await ReportAsync(ReportReason.Scam);
        clock.Set(new DateTimeOffset(2026, 12, 31, 23, 0, 0, TimeSpan.Zero) - clock.GetUtcNow());
        // Sessions are over by then.
        (ana, carla, olga) = (
            await app.EnterAsync(ana.Id),
            await app.EnterAsync(carla.Id),
            await app.EnterAsync(olga.Id)
        );
        await DecideAsync(carla, id, ReportOutcome.Warning);
        clock.Set(TimeSpan.FromHours(2));
        Assert.Null(await ana.Get<ObjectionService>().ObjectAsync(id, "No"));
        await DecideAsync(olga, id, ReportOutcome.Warning);
        Assert.DoesNotContain(await LinesAsync(2026), line => line is { Key: "complaints", Value: > 0 });
        Assert.Equal(
            "complaints 1, complaints.decided 1, complaints.decided.Upheld 1",
            string.Join(", ", (await LinesAsync(2027)).Where(line => line.Value > 0).Select(Said))
        );
        Assert.Null(await carla.Get<TransparencyService>().FindAsync(2028));
    }

    [Fact]
    public async Task Auditors_download_them_which_is_recorded_and_others_do_not_learn_that_they_are_there()
    {
        var vera = await app.JoinAsync("Vera", auditor: true);
        using var hers = await SiteClient.SignedInAsync(app, vera);
        var csv = await hers.GetAsync("/admin/transparency/export?year=2026");
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        var text = await csv.Content.ReadAsStringAsync();
        Assert.Contains("\"2026\",\"15(1)(b)\",\"notices\",\"Scam\",\"0\",\"count\",\"Denuncias\"\r\n", text);
        Assert.Contains("\"2026\",\"15(1)(a)\",\"orders\",\"\",\"\",\"count\",", text);
        Assert.Equal(
            (AuditAction.FiguresExported, "2026"),
            ((await vera.RecordAsync())[0].Action, (await vera.RecordAsync())[0].Text)
        );
        Assert.Equal(HttpStatusCode.NotFound, (await hers.GetAsync("/admin/transparency/export?year=1999")).StatusCode);
        using var his = await SiteClient.SignedInAsync(app, bruno);
        Assert.Equal(HttpStatusCode.NotFound, (await his.GetAsync("/admin/transparency/export")).StatusCode);
        Assert.Null(await bruno.Get<TransparencyService>().FindAsync(2026));
    }

    private async Task<IReadOnlyList<TransparencyLine>> LinesAsync(int year) =>
        (await carla.Get<TransparencyService>().FindAsync(year))!;

    private static string Said(TransparencyLine line) =>
        line.Category.Length == 0 ? $"{line.Key} {line.Value}" : $"{line.Key}.{line.Category} {line.Value}";

    private async Task<long> ReportAsync(ReportReason reason) =>
        (await bruno.Get<ReportService>().ReportAsync(new(ReportKind.Message, room, 1), reason, null)).Value!.Id;

    private static async Task DecideAsync(Person decider, long id, ReportOutcome outcome)
    {
        var reviews = decider.Get<ReportReviewService>();
        Assert.NotNull((await reviews.TakeAsync(id)).Value);
        HouseRule? rule = outcome is ReportOutcome.NoInfringement ? null : HouseRule.Fraud;
        Assert.Null(await reviews.DecideAsync(id, Verdict.For(outcome, rule, "Gracias", "Lo hemos visto")!));
    }
}
