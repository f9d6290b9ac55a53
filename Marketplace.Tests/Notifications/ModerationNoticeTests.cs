using System.Net;
using System.Text.RegularExpressions;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Data;
using Marketplace.Web.Notifications;
using Marketplace.Web.Outbox;
using Marketplace.Web.Safety.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Notifications;

/// <summary>Whom the administration decides about is told of it.</summary>
public sealed class ModerationNoticeTests
{
    private static readonly TimeSpan Ten = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Whoever_is_suspended_is_told_so_by_mail_and_nothing_else()
    {
        await using var site = new SmtpApp();
        var (ana, bruno, room) = await site.App.TalkAsync();
        var carla = await site.App.JoinAsync("Carla", administrator: true);
        Assert.Null(await carla.People.ActAsync(ana.Id, AuditAction.PersonSuspended, "Prueba"));
        await bruno.SaysAsync(room, "¿Sigue a la venta?");
        await site.PassAsync(Ten);
        await site.SettledAsync(ana, NoticeOutcome.Sent, 1);
        await site.SettledAsync(ana, NoticeOutcome.NoAccess, 1);
        var mail = Assert.Single(site.Mails(ana.Email));
        Assert.Equal("La administración ha suspendido tu cuenta", mail.Subject);
        Assert.Contains("Recibes este correo porque hay novedades para ti", mail.TextBody);
        Assert.Contains("https://tienda.example/notifications", mail.TextBody);
        Assert.DoesNotContain("Bruno", mail.TextBody + mail.HtmlBody);
    }

    [Fact]
    public async Task Whoever_is_suspended_reads_why_and_objects_by_the_link_of_the_mail()
    {
        await using var site = new SmtpApp();
        var ana = await site.App.JoinAsync("Ana");
        var carla = await site.App.JoinAsync("Carla", administrator: true);
        var verdict = Verdict.OnOwnInitiative(ReportOutcome.Suspension, HouseRule.Fraud, "Cobraste dos veces.");
        var acted = await carla.Get<CaseService>().ActAsync(new(ReportKind.Person, PersonId: ana.Id), verdict!);
        await site.PassAsync(Ten);
        await site.SettledAsync(ana, NoticeOutcome.Sent, 2);
        var mail = Assert.Single(site.Mails(ana.Email));
        var link = Regex.Match(mail.TextBody!, @"https://tienda\.example(/decisions\?key=\S+)").Groups[1].Value;
        using var visitor = SiteClient.Visitor(site.App);
        var page = WebUtility.HtmlDecode(await visitor.GetStringAsync(link));
        Assert.Contains("Cobraste dos veces.", page);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(link + "x")).StatusCode);
        await visitor.SubmitAsync(link, new() { ["_handler"] = "object", ["Form.Text"] = "Fue un error" });
        await using var db = site.App.Look();
        var report = await db.Reports.SingleAsync(one => one.Id == acted.Value);
        Assert.Equal((ReportState.Objected, "Fue un error"), (report.State, report.Objection));
    }

    [Fact]
    public async Task Decisions_are_in_the_list_and_lead_where_they_help()
    {
        await using var app = new MarketplaceApp();
        var (ana, carla) = (await app.JoinAsync("Ana"), await app.JoinAsync("Carla", administrator: true));
        Assert.Null(await carla.People.ActAsync(ana.Id, AuditAction.PersonSuspended, "Prueba"));
        Assert.Null(await carla.People.ActAsync(ana.Id, AuditAction.PersonReinstated, "Prueba"));
        Assert.Null(await carla.People.ActAsync(ana.Id, AuditAction.AdministratorGranted, "Prueba"));
        using var browser = await SiteClient.SignedInAsync(app, ana);
        var page = WebUtility.HtmlDecode(await browser.GetStringAsync("/notifications"));
        Assert.Contains("La administración ha suspendido tu cuenta", page);
        Assert.Contains("Tu cuenta vuelve a estar activa", page);
        var last = (await (await app.EnterAsync(ana.Id)).Get<NoticeService>().PageAsync()).Items[0];
        Assert.Equal(NoticeKind.AdministratorGranted, last.Kind);
        var opened = await browser.GetAsync($"/notifications/{last.Id}");
        Assert.Equal("/admin", opened.Headers.Location!.ToString());
        page = WebUtility.HtmlDecode(await browser.GetStringAsync("/account/manage/notifications"));
        Assert.Contains(">Ahora formas parte de la administración</a>", page);
        Assert.Contains("aria-label=\"Tu cuenta: Correo\"", page);
    }

    [Fact]
    public async Task An_act_that_cannot_be_told_is_neither_done_nor_recorded()
    {
        await using var app = new MarketplaceApp
        {
            Beside = services => services.AddSingleton<INoticeWriter, BrokenWriter>(),
        };
        var (ana, carla) = (await app.JoinAsync("Ana"), await app.JoinAsync("Carla", administrator: true));
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            carla.People.ActAsync(ana.Id, AuditAction.PersonSuspended, "Prueba")
        );
        await using var db = app.Look();
        Assert.Null((await db.Users.SingleAsync(user => user.Id == ana.Id)).SuspendedAt);
        Assert.Empty(await carla.RecordAsync());
        Assert.NotNull(await ana.Get<Web.Accounts.CurrentUser>().FindAsync());
    }

    private sealed class BrokenWriter : INoticeWriter
    {
        public Task AddAsync(MarketplaceDbContext db, IReadOnlyList<Notice> notices) =>
            throw new InvalidOperationException("The disk is full.");
    }
}
