using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin.Reports;

/// <summary>Whom an act concerns, to ask before it.</summary>
/// <param name="Culture">In which they are told; null: not known yet.</param>
/// <param name="Excerpt">The words that are meant; null if a person is.</param>
public sealed record CaseView(long PersonId, string PersonName, string? Culture, string? Excerpt);

/// <summary>
/// Acts of administrators that nobody asked for. Each is a report that is decided at once, so that it has its evidence,
/// its statement of reasons and its way to object (articles 17 and 20 of the Digital Services Act) as any other.
/// </summary>
public sealed class CaseService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    IEnumerable<IReportable> features,
    ReportDecisions decisions,
    AuditRecord record,
    TimeProvider clock,
    IStringLocalizer<AdminTexts> texts
)
{
    /// <summary>Null where there is nothing to act on. Not a look: the caller has opened the room or the person.</summary>
    public async Task<CaseView?> AskAsync(ReportTarget target)
    {
        if (await currentUser.FindAdministratorAsync() is null)
            return null;
        await using var db = await database.CreateDbContextAsync();
        if (await FindAsync(db, target) is not { } found)
            return null;
        var culture = await db
            .Users.Where(user => user.Id == found.PersonId)
            .Select(user => user.Culture)
            .SingleAsync();
        return new(found.PersonId, PersonName.Of(found.PersonName), culture, found.Excerpt);
    }

    /// <summary>The number of the case, by which it can be taken back.</summary>
    /// <param name="seen">The words that were judged; refused if they have changed since. Null to skip the check.</param>
    public async Task<Outcome<long>> ActAsync(ReportTarget target, Verdict verdict, string? seen = null)
    {
        if (await currentUser.FindAdministratorAsync() is not { } me)
            return NotFound;
        await using var db = await database.CreateDbContextAsync();
        if (await FindAsync(db, target) is not { } found)
            return await IsSuspendedAsync(db, target) ? ReportDecisions.Suspended(texts) : NotFound;
        var report = New(me.Id, target, found, verdict.Rule!.Value);
        if (found.PersonId == me.Id || await IsInAsync(db, target, me.Id))
        {
            await record.WriteAsync(
                me.Id,
                ReportDecisions.Deed(AuditAction.ReportDecided, report) with
                {
                    IsRefused = true,
                }
            );
            return new Refusal(
                RefusalKind.Forbidden,
                texts[target.Kind is ReportKind.Person ? "People.Self" : "Act.Self"]
            );
        }
        if (seen is not null && seen != found.Excerpt)
            return new Refusal(RefusalKind.Conflict, texts["Case.Changed"]);
        var refusal = await decisions.OpenAsync(me.Id, report, verdict);
        return refusal is null ? report.Id : refusal;
    }

    /// <summary>
    /// Takes back what was decided, of an administrator's own accord or on a report; refused while an objection waits, the
    /// second time, and to whom it concerns.
    /// </summary>
    /// <param name="words">Why, for the person; null for the usual sentence.</param>
    public Task<Refusal?> TakeBackAsync(long id, string? words = null) =>
        TakeBackAsync(id, words, (_, _, _) => Task.FromResult<Refusal?>(null));

    /// <summary>Takes back one's own act at once; refused if somebody has acted on the same since.</summary>
    public Task<Refusal?> UndoAsync(long id) =>
        TakeBackAsync(id, words: null, (db, me, report) => StandingCase.WhyNotAsync(db, me, report, texts));

    /// <summary>The case that hides something of a message now; null if none does.</summary>
    public async Task<long?> HidingAsync(long roomId, long seq)
    {
        if (await currentUser.FindAdministratorAsync() is null)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return await ReportReviewQueries.Hiding(db, roomId, seq).Select(id => (long?)id).FirstOrDefaultAsync();
    }

    /// <summary>Whether the administration removes a listing now, of its own accord or by a report.</summary>
    public async Task<bool> IsListingRemovedAsync(long listingId)
    {
        if (await currentUser.FindAdministratorAsync() is null)
            return false;
        await using var db = await database.CreateDbContextAsync();
        return await db.Listings.AnyAsync(listing => listing.Id == listingId && listing.RemovedAt != null);
    }

    /// <summary>The case that removes a listing now; null if none does.</summary>
    public async Task<long?> RemovingAsync(long listingId)
    {
        if (await currentUser.FindAdministratorAsync() is null)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return await ReportReviewQueries.Removing(db, listingId).Select(id => (long?)id).FirstOrDefaultAsync();
    }

    private async Task<Refusal?> TakeBackAsync(
        long id,
        string? words,
        Func<MarketplaceDbContext, long, Report, Task<Refusal?>> whyNotAsync
    )
    {
        if (await currentUser.FindAdministratorAsync() is not { } me)
            return NotFound;
        await using var db = await database.CreateDbContextAsync();
        var report = await db.Reports.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id);
        if (report is not { State: ReportState.Decided })
            return NotFound;
        if (report.PersonId == me.Id || (report.ReporterId == me.Id && !report.IsOwnInitiative))
        {
            await record.WriteAsync(
                me.Id,
                ReportDecisions.Deed(AuditAction.ActTakenBack, report) with
                {
                    IsRefused = true,
                }
            );
            return new Refusal(RefusalKind.Forbidden, texts[report.PersonId == me.Id ? "People.Self" : "Act.Self"]);
        }
        return await decisions.DecideAsync(
            me.Id,
            report,
            Verdict.TakenBack(
                string.IsNullOrWhiteSpace(words) ? texts["Case.TakenBack"] : words,
                texts["Case.TakenBack"]
            ),
            async write => await whyNotAsync(write, me.Id, report) ?? await ClaimAsync(write, id)
        );
    }

    private async Task<Refusal?> ClaimAsync(MarketplaceDbContext db, long id)
    {
        var claimed = await db
            .Reports.Where(one => one.Id == id && one.State == ReportState.Decided)
            // Pressed twice, it is told once.
            .Where(one =>
                db.ReportDecisions.Where(decision => decision.ReportId == id)
                    .OrderByDescending(decision => decision.Id)
                    .Select(decision => decision.Outcome)
                    .First() != ReportOutcome.NoInfringement
            )
            .ExecuteUpdateAsync(one => one.SetProperty(r => r.State, ReportState.Decided));
        return claimed > 0 ? null : NotFound;
    }

    private static async Task<bool> IsSuspendedAsync(MarketplaceDbContext db, ReportTarget target) =>
        target.Kind is ReportKind.Person
        && await db.Users.AnyAsync(user => user.Id == target.PersonId && user.SuspendedAt != null);

    private static async Task<bool> IsInAsync(MarketplaceDbContext db, ReportTarget target, long personId) =>
        target.RoomId is { } roomId
        && await RoomQueries.SupervisedParties(db, roomId).SingleOrDefaultAsync() is { } room
        && (room.BuyerId == personId || room.SellerId == personId);

    // A member's report shows what a member sees; an administrator acts on the same.
    private async Task<Reported?> FindAsync(MarketplaceDbContext db, ReportTarget target)
    {
        var readers =
            target.RoomId is { } roomId
            && await RoomQueries.SupervisedParties(db, roomId).SingleOrDefaultAsync() is { } room
                ? new[] { room.BuyerId, room.SellerId }
                : [0];
        foreach (var reader in readers)
        foreach (var feature in features)
            if (await feature.FindAsync(db, target, reader) is { } found && found.PersonId != reader)
                return found;
        return null;
    }

    private Report New(long me, ReportTarget target, Reported found, HouseRule rule)
    {
        var evidence = found.Evidence.ToJson();
        var reason = rule.Reason();
        return new()
        {
            ReporterId = me,
            PersonId = found.PersonId,
            Kind = target.Kind,
            RoomId = target.RoomId,
            Seq = target.Seq,
            ListingId = found.ListingId,
            Reason = reason,
            Priority = reason.Priority(),
            IsOwnInitiative = true,
            Evidence = evidence,
            EvidenceHash = ReportEvidence.Hash(evidence),
            At = clock.GetUtcNow().UtcDateTime,
        };
    }

    private Refusal NotFound => new(RefusalKind.NotFound, texts["Case.NotFound"]);
}
