using Bunit;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Outbox;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Marketplace.Tests.Admin;

/// <summary>Bruno reports what Ana wrote. Carla and Olga administer.</summary>
public sealed class ReportReviewTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private Person bruno = default!;
    private Person carla = default!;
    private Person olga = default!;
    private long room;

    public ReportReviewTests() => app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };

    public async Task InitializeAsync()
    {
        (ana, bruno, room) = await app.TalkAsync();
        await ana.SaysAsync(room, "Págame por este enlace");
        carla = await app.JoinAsync("Carla", administrator: true);
        olga = await app.JoinAsync("Olga", administrator: true);
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task The_gravest_come_first_and_then_the_oldest()
    {
        var normal = await ReportsAsync(bruno, ReportReason.Spam, new(ReportKind.Room, room));
        var urgent = await ReportsAsync(bruno, ReportReason.Scam);
        var later = await ReportsAsync(bruno, ReportReason.Scam, new(ReportKind.Person, PersonId: ana.Id));
        var page = await Reviews(carla).PageAsync(ReportShelf.Open);
        Assert.Equal([urgent, later, normal], page.Rows.Select(row => row.Id));
        Assert.Equal(3, await Reviews(carla).CountAsync());
        var after = await Reviews(carla)
            .PageAsync(ReportShelf.Open, new PageCursor((long)ReportPriority.Urgent, urgent));
        Assert.Equal([later, normal], after.Rows.Select(row => row.Id));
        Assert.Empty((await Reviews(bruno).PageAsync(ReportShelf.Open)).Rows);
        Assert.Null(await Reviews(bruno).CountAsync());
    }

    [Fact]
    public async Task Two_cannot_take_the_same_until_it_is_released_or_the_time_is_over()
    {
        var id = await ReportsAsync(bruno);
        Assert.Equal(
            "Págame por este enlace",
            (await Reviews(carla).TakeAsync(id)).Value!.Evidence!.Messages![^1].Text
        );
        Assert.Equal(RefusalKind.Conflict, (await Reviews(olga).TakeAsync(id)).Refusal!.Kind);
        Assert.Equal("Carla", Assert.Single((await Reviews(olga).PageAsync(ReportShelf.Open)).Rows).Holder);
        Assert.Empty((await Reviews(olga).PageAsync(ReportShelf.Mine)).Rows);
        Assert.Single((await Reviews(carla).PageAsync(ReportShelf.Mine)).Rows);
        Assert.Null(await Reviews(carla).ReleaseAsync(id));
        Assert.True((await Reviews(olga).TakeAsync(id)).Succeeded);
        clock.Advance(TimeSpan.FromMinutes(16));
        Assert.True((await Reviews(carla).TakeAsync(id)).Succeeded);
        Assert.Equal(RefusalKind.Conflict, (await Reviews(olga).DecideAsync(id, Warning)).Kind());
    }

    [Fact]
    public async Task Taking_looking_releasing_deciding_and_what_was_refused_are_in_the_record()
    {
        var id = await ReportsAsync(bruno);
        await Reviews(carla).TakeAsync(id);
        await Reviews(olga).TakeAsync(id);
        await Reviews(carla).ReleaseAsync(id);
        await Reviews(carla).TakeAsync(id);
        Assert.Null(await Reviews(carla).DecideAsync(id, Warning));
        var record = (await carla.RecordAsync())
            .Reverse()
            .Select(entry => (entry.Action, entry.IsRefused, entry.Person));
        Assert.Equal(
            [
                (AuditAction.ReportTaken, false, "Ana"),
                (AuditAction.EvidenceOpened, false, "Ana"),
                (AuditAction.ReportTaken, true, "Ana"),
                (AuditAction.ReportReleased, false, "Ana"),
                (AuditAction.ReportTaken, false, "Ana"),
                (AuditAction.EvidenceOpened, false, "Ana"),
                (AuditAction.ReportDecided, false, "Ana"),
            ],
            record
        );
        Assert.Equal($"#{id} Warning OutsidePayment", (await carla.RecordAsync())[0].Text);
    }

    [Fact]
    public async Task Nobody_decides_on_a_report_of_their_own_or_about_themselves()
    {
        var hers = await carla.ContactsAsync(await ana.SellsAsync("Mesa"));
        await carla.SaysAsync(hers, "Hola");
        var about = (
            await ana.Get<ReportService>().ReportAsync(new(ReportKind.Message, hers, 1), ReportReason.Spam, null)
        ).Value!;
        var by = (
            await carla.Get<ReportService>().ReportAsync(new(ReportKind.Room, hers), ReportReason.Scam, null)
        ).Value!;
        foreach (var id in new[] { about.Id, by.Id })
        {
            Assert.Equal(RefusalKind.Forbidden, (await Reviews(carla).TakeAsync(id)).Refusal!.Kind);
            Assert.Equal(RefusalKind.Forbidden, (await Reviews(carla).DecideAsync(id, Warning)).Kind());
            Assert.True((await Reviews(olga).TakeAsync(id)).Succeeded);
        }
        Assert.Equal(
            2,
            (await carla.RecordAsync()).Count(entry => entry.Action is AuditAction.ReportDecided && entry.IsRefused)
        );
    }

    [Fact]
    public async Task A_suspension_ends_her_sessions_with_the_decision_or_not_at_all()
    {
        var id = await ReportsAsync(bruno);
        Assert.Equal(RefusalKind.Conflict, (await Reviews(carla).DecideAsync(id, Suspension)).Kind());
        Assert.NotNull(await ana.Get<Web.Accounts.CurrentUser>().FindAsync());
        await Reviews(carla).TakeAsync(id);
        Assert.Null(await Reviews(carla).DecideAsync(id, Suspension));
        Assert.Null(await ana.Get<Web.Accounts.CurrentUser>().FindAsync());
        await using var db = app.Look();
        var report = await db.Reports.SingleAsync();
        Assert.Equal((ReportState.Decided, null, null), (report.State, report.OpenTarget, report.HolderId));
        Assert.Equal(ReportOutcome.Suspension, (await db.ReportDecisions.SingleAsync()).Outcome);
        var actions = (await carla.RecordAsync()).Take(2).Select(entry => entry.Action);
        Assert.Equal([AuditAction.ReportDecided, AuditAction.PersonSuspended], actions);
        Assert.Equal(id, Assert.Single((await Reviews(carla).PageAsync(ReportShelf.Decided)).Rows).Id);
    }

    [Fact]
    public async Task Each_side_is_told_and_reads_what_concerns_it()
    {
        var id = await DecidedAsync(Warning);
        await using var db = app.Look();
        var notices = await db.Notices.Where(notice => notice.Data != null).OrderBy(notice => notice.Id).ToListAsync();
        Assert.Equal(
            [(bruno.Id, NoticeKind.ReportDecided), (ana.Id, NoticeKind.Decided)],
            notices.Select(notice => (notice.PersonId, notice.Kind))
        );
        using var his = await SiteClient.SignedInAsync(app, bruno);
        Assert.Equal($"/reports/{id}", (await his.GetAsync($"/notifications/{notices[0].Id}")).LeadsTo());
        Assert.Contains("Gracias, Bruno", await his.GetStringAsync($"/reports/{id}"));
        using var hers = await SiteClient.SignedInAsync(app, ana);
        var page = System.Net.WebUtility.HtmlDecode(await hers.GetStringAsync($"/reports/{id}"));
        Assert.Contains("No vuelvas a hacerlo", page);
        Assert.Contains("Los pagos no se piden fuera de la plataforma", page);
        Assert.DoesNotContain("Bruno", page);
        Assert.DoesNotContain("Carla", page);
    }

    [Fact]
    public async Task What_breaks_no_rule_is_told_to_the_reporter_only()
    {
        var id = await DecidedAsync(Fine);
        using var hers = await SiteClient.SignedInAsync(app, ana);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await hers.GetAsync($"/reports/{id}")).StatusCode);
        await using var db = app.Look();
        Assert.Equal(bruno.Id, (await db.Notices.SingleAsync(notice => notice.Data != null)).PersonId);
        Assert.NotEqual(id, await ReportsAsync(bruno));
    }

    [Fact]
    public async Task Whoever_objects_is_heard_once_and_by_somebody_else()
    {
        var id = await DecidedAsync(Warning);
        using var hers = await SiteClient.SignedInAsync(app, ana);
        var form = new Dictionary<string, string> { ["_handler"] = "object", ["Form.Text"] = "Era una broma" };
        Assert.Equal($"/reports/{id}", (await hers.SubmitAsync($"/reports/{id}", form)).LeadsTo());
        Assert.Equal(RefusalKind.Conflict, (await ana.Get<ObjectionService>().ObjectAsync(id, "Otra vez")).Kind());
        Assert.Equal(RefusalKind.Forbidden, (await Reviews(carla).TakeAsync(id)).Refusal!.Kind);
        Assert.Equal("Era una broma", (await Reviews(olga).TakeAsync(id)).Value!.Objection);
        Assert.Null(await Reviews(olga).DecideAsync(id, Fine));
        Assert.Equal(RefusalKind.Conflict, (await ana.Get<ObjectionService>().ObjectAsync(id, "Otra vez")).Kind());
        var about = (await ana.Get<ObjectionService>().FindAsync(id))!;
        Assert.Equal([ReportOutcome.Warning, ReportOutcome.NoInfringement], about.Decisions.Select(one => one.Outcome));
        Assert.False(about.CanObject);
    }

    [Fact]
    public async Task A_suspension_that_does_not_stand_is_lifted_with_the_second_decision()
    {
        var id = await DecidedAsync(Suspension);
        Assert.Null(await carla.People.ActAsync(ana.Id, AuditAction.PersonReinstated, "Prueba"));
        var back = await app.EnterAsync(ana.Id);
        Assert.Null(await back.Get<ObjectionService>().ObjectAsync(id, "Fue un error"));
        Assert.Null(await carla.People.ActAsync(ana.Id, AuditAction.PersonSuspended, "Prueba"));
        await Reviews(olga).TakeAsync(id);
        Assert.Null(await Reviews(olga).DecideAsync(id, Fine));
        await using var db = app.Look();
        Assert.Null((await db.Users.SingleAsync(user => user.Id == ana.Id)).SuspendedAt);
    }

    [Fact]
    public async Task After_six_months_it_is_too_late_to_object_and_others_never_can()
    {
        var id = await DecidedAsync(Warning);
        Assert.Equal(RefusalKind.Conflict, (await bruno.Get<ObjectionService>().ObjectAsync(id, "No")).Kind());
        Assert.Equal(RefusalKind.Invalid, (await ana.Get<ObjectionService>().ObjectAsync(id, " ")).Kind());
        clock.Advance(TimeSpan.FromDays(190));
        var late = await app.EnterAsync(ana.Id);
        Assert.Equal(RefusalKind.Conflict, (await late.Get<ObjectionService>().ObjectAsync(id, "No")).Kind());
        Assert.False((await late.Get<ObjectionService>().FindAsync(id))!.CanObject);
    }

    [Fact]
    public async Task On_the_page_the_template_follows_the_choice_and_can_be_changed()
    {
        var id = await ReportsAsync(bruno);
        await using var hers = new Screen(carla);
        var dialogs = hers.Render<MudDialogProvider>();
        var page = hers.Render<ReviewPage>(p => p.Add(one => one.Id, id));
        page.WaitForElement("form");
        Assert.Contains("Págame por este enlace", page.Markup);
        await page.Find("form").SubmitAsync();
        Assert.Equal("Elige una decisión.", page.Find("[role=alert]").TextContent);
        page.Find("input[value=Warning]").Change("Warning");
        page.Find("select").Change("Respect");
        Assert.Contains("Se trata a todos con respeto", page.FindAll("textarea")[0].GetAttribute("value"));
        page.FindAll("textarea")[1].Change("Gracias por avisar");
        await using var db = app.Look();
        page.Find("form").Submit();
        dialogs.WaitForAssertion(() => Assert.Contains("¿Advertir a Ana?", dialogs.Markup));
        dialogs.FindAll("button").Single(button => button.TextContent == "Cancelar").Click();
        Assert.False(await db.ReportDecisions.AnyAsync());
        page.Find("form").Submit();
        dialogs.WaitForAssertion(() => Assert.Contains("Se lo decimos a Ana", dialogs.Markup));
        dialogs.FindAll("button").Single(button => button.TextContent == "Advertir").Click();
        await Eventually.TrueAsync(() => db.ReportDecisions.AnyAsync(), "the decision");
        var decision = await db.ReportDecisions.SingleAsync();
        Assert.Equal((HouseRule.Respect, "Gracias por avisar"), (decision.Rule, decision.ToReporter));
        Assert.Contains("Se trata a todos con respeto", decision.ToPerson);
    }

    [Fact]
    public async Task The_prerendered_page_takes_nothing_and_the_list_names_who_looks()
    {
        var id = await ReportsAsync(bruno);
        await using var still = new Screen(carla, live: false);
        still.Render<ReviewPage>(p => p.Add(one => one.Id, id));
        Assert.Empty(await carla.RecordAsync());
        await Reviews(carla).TakeAsync(id);
        await using var live = new Screen(olga);
        var list = live.Render<ReportsPage>();
        list.WaitForAssertion(() => Assert.Contains("Lo está viendo Carla", list.Markup));
        Assert.Equal("1", list.Find(".open-reports").TextContent);
    }

    [Fact]
    public void A_warning_needs_the_rule_and_the_words_for_both()
    {
        Assert.Null(Verdict.For(ReportOutcome.Warning, null, "Gracias", "No"));
        Assert.Null(Verdict.For(ReportOutcome.Warning, HouseRule.Spam, "Gracias", " "));
        Assert.Null(Verdict.For(ReportOutcome.NoInfringement, null, "", null));
        Assert.Contains("Payments", ReportTemplates.ToPerson(ReportOutcome.Warning, HouseRule.OutsidePayment, "en"));
        Assert.Contains("advertido", ReportTemplates.ToReporter(ReportOutcome.Warning, null));
    }

    private static Verdict Warning =>
        Verdict.For(ReportOutcome.Warning, HouseRule.OutsidePayment, "Gracias, Bruno", "No vuelvas a hacerlo")!;

    private static Verdict Suspension =>
        Verdict.For(ReportOutcome.Suspension, HouseRule.OutsidePayment, "Gracias, Bruno", "Cuenta suspendida")!;

    private static Verdict Fine => Verdict.For(ReportOutcome.NoInfringement, null, "Gracias, Bruno", null)!;

    private static ReportReviewService Reviews(Person person) => person.Get<ReportReviewService>();

    private async Task<long> DecidedAsync(Verdict verdict)
    {
        var id = await ReportsAsync(bruno);
        Assert.True((await Reviews(carla).TakeAsync(id)).Succeeded);
        Assert.Null(await Reviews(carla).DecideAsync(id, verdict));
        return id;
    }

    private async Task<long> ReportsAsync(
        Person person,
        ReportReason reason = ReportReason.OutsidePayment,
        ReportTarget? target = null
    )
    {
        target ??= new(ReportKind.Message, room, 1);
        var sent = await person.Get<ReportService>().ReportAsync(target, reason, null);
        Assert.True(sent.Succeeded, sent.Refusal?.Text);
        return sent.Value.Id;
    }
}

internal static class Refusals
{
    public static RefusalKind? Kind(this Refusal? refusal) => refusal?.Kind;
}
