using System.Linq.Expressions;
using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Data;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin.Reports;

/// <summary>
/// The queue of reports, for administrators. Whoever opens one holds it for a while, and nobody else can take it; nobody
/// decides on what concerns them, or again on what they decided. Looks, leases and decisions are recorded.
/// </summary>
public sealed class ReportReviewService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    AuditRecord record,
    ReportDecisions decisions,
    TimeProvider clock,
    IStringLocalizer<AdminTexts> texts
)
{
    public const int Page = 25;

    /// <summary>How long whoever opens a report holds it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);

    /// <summary>Over which the reports of a person are counted.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    public async Task<Portion<ReportRowView>> PageAsync(ReportShelf shelf, PageCursor? after = null)
    {
        if (await currentUser.FindAdministratorAsync() is not { } me)
            return Portion<ReportRowView>.None;
        await using var db = await database.CreateDbContextAsync();
        return new(await ReportReviewQueries.Page(db, shelf, me.Id, Now, after, Page + 1).ToListAsync(), Page);
    }

    /// <summary>How many wait for a decision; null for everybody else.</summary>
    public async Task<int?> CountAsync()
    {
        if (await currentUser.FindAdministratorAsync() is null)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return await ReportReviewQueries.Open(db).CountAsync();
    }

    /// <summary>Whether there is such a report. Not a look.</summary>
    public async Task<bool> IsThereAsync(long id)
    {
        if (await currentUser.FindAdministratorAsync() is null)
            return false;
        await using var db = await database.CreateDbContextAsync();
        return await db.Reports.AnyAsync(report => report.Id == id);
    }

    /// <summary>Takes an open report, or takes it for longer, and shows its evidence. What is decided is only shown.</summary>
    public async Task<Outcome<ReportReviewView>> TakeAsync(long id)
    {
        if (await FindAsync(id) is not var (me, report))
            return NotFound;
        Outcome<ReportReviewView> taken = await WhyNotAsync(me, report) is { } own
            ? own
            : await transactions.InTransactionAsync(db => TakeAsync(db, me, report));
        if (taken.Refusal is not null)
            await record.WriteAsync(me, Deed(AuditAction.ReportTaken, report) with { IsRefused = true });
        return taken;
    }

    /// <summary>Lets others take it. Changes nothing for whoever does not hold it.</summary>
    public async Task<Refusal?> ReleaseAsync(long id)
    {
        if (await FindAsync(id) is not var (me, report))
            return NotFound;
        await transactions.InTransactionAsync(async db =>
        {
            if (
                await Held(db, id, me).ExecuteUpdateAsync(r => r.SetProperty(one => one.HeldUntil, (DateTime?)null)) > 0
            )
                await record.AddAsync(db, me, Deed(AuditAction.ReportReleased, report));
            return true;
        });
        return null;
    }

    /// <summary>Null on success. Only whoever holds the report decides.</summary>
    public async Task<Refusal?> DecideAsync(long id, Verdict verdict)
    {
        if (await FindAsync(id) is not var (me, report))
            return NotFound;
        if (await WhyNotAsync(me, report) is not { } refusal)
            return await decisions.DecideAsync(me, report, verdict);
        await record.WriteAsync(me, Deed(AuditAction.ReportDecided, report) with { IsRefused = true });
        return refusal;
    }

    private async Task<Outcome<ReportReviewView>> TakeAsync(MarketplaceDbContext db, long me, Report report)
    {
        var (now, until) = (Now, Now + Lease);
        if (report.State is not ReportState.Decided)
        {
            var wasMine = report.HolderId == me && report.HeldUntil > now;
            var free = ReportReviewQueries
                .Open(db)
                .Where(r => r.Id == report.Id && (r.HolderId == me || r.HeldUntil == null || r.HeldUntil <= now));
            var taken = await free.ExecuteUpdateAsync(r =>
                r.SetProperty(one => one.HolderId, me).SetProperty(one => one.HeldUntil, until)
            );
            if (taken == 0)
                return new Refusal(RefusalKind.Conflict, texts["Reports.Taken"]);
            if (!wasMine)
                await record.AddAsync(db, me, Deed(AuditAction.ReportTaken, report));
        }
        await record.AddAsync(db, me, Deed(AuditAction.EvidenceOpened, report));
        return await ViewAsync(db, report, report.State is ReportState.Decided ? null : until);
    }

    private async Task<ReportReviewView> ViewAsync(MarketplaceDbContext db, Report report, DateTime? until)
    {
        var reporter = await db.Users.Where(user => user.Id == report.ReporterId).Select(Named).SingleAsync();
        var person = await db.Users.Where(user => user.Id == report.PersonId).Select(Named).SingleAsync();
        var since = Now - Lately;
        var lately = await db.Reports.CountAsync(r =>
            r.PersonId == report.PersonId && r.At > since && !r.IsOwnInitiative
        );
        var evidence = ReportEvidence.Parse(report.Evidence);
        var earlier = await ReportReviewQueries.Decisions(db, report.Id).ToListAsync();
        return new(
            report.Id,
            report.Kind,
            report.Reason,
            report.At,
            report.Text,
            report.PersonId,
            PersonName.Of(person.Name),
            PersonName.Of(reporter.Name),
            (person.Culture, reporter.Culture),
            report.RoomId,
            evidence,
            await ReportPictureService.LeftAsync(db, evidence),
            Convert.ToHexStringLower(report.EvidenceHash),
            report.Objection,
            report.ObjectedAt,
            until,
            report.IsOwnInitiative,
            lately,
            earlier
        );
    }

    private async Task<(long Me, Report Report)?> FindAsync(long id)
    {
        if (await currentUser.FindAdministratorAsync() is not { } me)
            return null;
        await using var db = await database.CreateDbContextAsync();
        var report = await db.Reports.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id);
        return report is null ? null : (me.Id, report);
    }

    private async Task<Refusal?> WhyNotAsync(long me, Report report)
    {
        if (report.ReporterId == me || report.PersonId == me)
            return new(RefusalKind.Forbidden, texts[report.IsOwnInitiative ? "Reports.OwnDecision" : "Reports.Own"]);
        if (report.State is not ReportState.Objected)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return await db.ReportDecisions.AnyAsync(one => one.ReportId == report.Id && one.DeciderId == me)
            ? new(RefusalKind.Forbidden, texts["Reports.OwnDecision"])
            : null;
    }

    private IQueryable<Report> Held(MarketplaceDbContext db, long id, long me)
    {
        var now = Now;
        return ReportReviewQueries.Open(db).Where(r => r.Id == id && r.HolderId == me && r.HeldUntil > now);
    }

    private static readonly Expression<Func<User, NamedRow>> Named = user => new(user.DisplayName, user.Culture);

    private sealed record NamedRow(string Name, string? Culture);

    private static AuditDeed Deed(AuditAction action, Report report) => ReportDecisions.Deed(action, report);

    private Refusal NotFound => new(RefusalKind.NotFound, texts["Reports.NotFound"]);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
