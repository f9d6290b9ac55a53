using System.Globalization;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Data;
using Marketplace.Web.Outbox;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin.Reports;

/// <summary>Writes a decision with what follows from it: the account, the record and the queue, in one transaction.</summary>
public sealed class ReportDecisions(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    PersonChanges changes,
    AuditRecord record,
    Notifier notifier,
    DecidedContents contents,
    TimeProvider clock,
    IStringLocalizer<AdminTexts> texts
)
{
    internal Task<Refusal?> DecideAsync(long me, Report report, Verdict verdict) =>
        DecideAsync(me, report, verdict, db => ClaimAsync(db, me, report.Id));

    /// <summary>Opens a report and decides it at once. A conflict if it would suspend who is suspended already.</summary>
    internal Task<Refusal?> OpenAsync(long me, Report report, Verdict verdict) =>
        DecideAsync(
            me,
            report,
            verdict,
            async db =>
                verdict.Outcome is ReportOutcome.Suspension
                && await db.Users.AnyAsync(user => user.Id == report.PersonId && user.SuspendedAt != null)
                    ? Suspended(texts)
                    : null,
            isNew: true
        );

    internal static Refusal Suspended(IStringLocalizer<AdminTexts> texts) =>
        new(RefusalKind.Conflict, texts[$"Already.{AuditAction.PersonSuspended}"]);

    /// <param name="claimAsync">Says why not, in the transaction of the decision and before it.</param>
    internal async Task<Refusal?> DecideAsync(
        long me,
        Report report,
        Verdict verdict,
        Func<MarketplaceDbContext, Task<Refusal?>> claimAsync,
        bool isNew = false
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var tell = () => { };
        var cause = new ChangeCause(
            async db =>
            {
                if (await claimAsync(db) is { } why)
                    return why;
                var (told, problem) = await contents.ApplyAsync(db, report, verdict, now);
                tell = told;
                return problem;
            },
            async db =>
            {
                if (isNew)
                    await OpenAsync(db, report);
                await AddAsync(db, me, report, verdict, now);
            },
            verdict.ForDays is { } days ? now.AddDays(days) : null
        );
        var refusal = await FollowsAsync(report, verdict) is { } action
            ? await changes.DoAsync(me, report.PersonId, action, cause)
            : await transactions.InTransactionAsync<Refusal?>(async db =>
            {
                if (await cause.ClaimAsync(db) is { } why)
                    return why;
                await cause.AddAsync(db);
                return null;
            });
        if (refusal is not null)
            return refusal;
        tell();
        notifier.Tell([report.ReporterId, report.PersonId]);
        return null;
    }

    // An account suspended by the decision that was objected to comes back, unless another one stands.
    private async Task<AuditAction?> FollowsAsync(Report report, Verdict verdict)
    {
        if (verdict.Outcome is ReportOutcome.Suspension)
            return AuditAction.PersonSuspended;
        if (report.State is ReportState.Open)
            return null;
        await using var db = await database.CreateDbContextAsync();
        var suspending = await ReportReviewQueries.Suspending(db, report.PersonId).ToListAsync();
        var isOpen = await db.Users.AnyAsync(user => user.Id == report.PersonId && user.ClosedAt == null);
        return isOpen && suspending is [var only] && only == report.Id ? AuditAction.PersonReinstated : null;
    }

    /// <summary>The entry names the report in its text: the chain has no field for it.</summary>
    internal static AuditDeed Deed(AuditAction action, Report report) =>
        new(action, report.RoomId, report.PersonId, report.ListingId, report.Seq)
        {
            Text = string.Create(CultureInfo.InvariantCulture, $"#{report.Id}"),
        };

    // An update that changes nothing: nobody else takes or decides it until the transaction ends.
    private async Task<Refusal?> ClaimAsync(MarketplaceDbContext db, long me, long id)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var held = await ReportReviewQueries
            .Open(db)
            .Where(report => report.Id == id && report.HolderId == me && report.HeldUntil > now)
            .ExecuteUpdateAsync(report => report.SetProperty(r => r.HolderId, me));
        return held > 0 ? null : new(RefusalKind.Conflict, texts["Reports.NotHeld"]);
    }

    private static Task<int> OpenAsync(MarketplaceDbContext db, Report report)
    {
        // A retry adds it anew.
        report.Id = 0;
        db.Reports.Add(report);
        return db.SaveChangesAsync();
    }

    private async Task AddAsync(MarketplaceDbContext db, long me, Report report, Verdict verdict, DateTime now)
    {
        db.ReportDecisions.Add(
            new()
            {
                ReportId = report.Id,
                DeciderId = me,
                Outcome = verdict.Outcome,
                Rule = verdict.Rule,
                ToReporter = verdict.ToReporter,
                ToPerson = verdict.ToPerson,
                Until = verdict.ForDays is { } days ? now.AddDays(days) : null,
                At = now,
            }
        );
        await db.SaveChangesAsync();
        await CloseAsync(db, report);
        IReadOnlyList<Notice> told = [.. Notices(report, verdict)];
        // Taken back, perhaps before the person heard of it.
        var isTakenBack = report.State is ReportState.Decided;
        if (isTakenBack)
            told = await Notifier.WithdrawAsync(db, told, NoticeKind.Decided, new ReportNotice(report.Id).Write());
        await notifier.AddAsync(db, told);
        var isAct = report.IsOwnInitiative || isTakenBack;
        var deed = Deed(isAct ? Act(verdict.Outcome) : AuditAction.ReportDecided, report);
        var words = isAct ? $"· {verdict.ToPerson}" : $"{verdict.Outcome} {verdict.Rule}";
        await record.AddAsync(db, me, deed with { Text = $"{deed.Text} {words}".TrimEnd() });
    }

    // A suspension has an entry of its own.
    private static AuditAction Act(ReportOutcome outcome) =>
        outcome switch
        {
            ReportOutcome.NoInfringement => AuditAction.ActTakenBack,
            ReportOutcome.Warning => AuditAction.PersonWarned,
            ReportOutcome.MessageHidden => AuditAction.MessageHidden,
            ReportOutcome.TextMasked => AuditAction.TextMasked,
            ReportOutcome.ListingRemoved => AuditAction.ListingRemoved,
            _ => AuditAction.ReportDecided,
        };

    // The person hears of it if it is against them, or if they objected.
    private IEnumerable<Notice> Notices(Report report, Verdict verdict)
    {
        if (!report.IsOwnInitiative)
            yield return Notice(report, report.ReporterId, NoticeKind.ReportDecided);
        if (verdict.Outcome is not ReportOutcome.NoInfringement || report.State is not ReportState.Open)
            yield return Notice(report, report.PersonId, NoticeKind.Decided);
    }

    private Notice Notice(Report report, long personId, NoticeKind kind) =>
        new()
        {
            PersonId = personId,
            Kind = kind,
            Data = new ReportNotice(report.Id).Write(),
            At = clock.GetUtcNow().UtcDateTime,
        };

    private static async Task CloseAsync(MarketplaceDbContext db, Report report)
    {
        var rows = db.Reports.Where(one => one.Id == report.Id);
        await rows.ExecuteUpdateAsync(one =>
            one.SetProperty(r => r.State, ReportState.Decided)
                .SetProperty(r => r.OpenTarget, (string?)null)
                .SetProperty(r => r.HolderId, (long?)null)
                .SetProperty(r => r.HeldUntil, (DateTime?)null)
        );
        // It was kept only until now: see ReportData.
        if (
            await db.Users.AnyAsync(user =>
                (user.Id == report.ReporterId || user.Id == report.PersonId) && user.ErasedAt != null
            )
        )
            await EvidenceErasure.EraseAsync(db, rows);
    }
}
