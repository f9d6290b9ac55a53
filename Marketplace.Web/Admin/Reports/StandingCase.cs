using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Data;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin.Reports;

/// <summary>Whether an act of an administrator is still the last one on its message, listing or person.</summary>
internal static class StandingCase
{
    /// <summary>In the transaction of the undo. Null if the act stands and is one's own.</summary>
    public static async Task<Refusal?> WhyNotAsync(
        MarketplaceDbContext db,
        long me,
        Report report,
        IStringLocalizer<AdminTexts> texts
    )
    {
        await AuditRecord.TakeHeadAsync(db);
        var own = await db
            .ReportDecisions.AsNoTracking()
            .Where(one => one.ReportId == report.Id)
            .OrderByDescending(one => one.Id)
            .FirstAsync();
        var last = await OnSame(db, report, own.Outcome).OrderByDescending(one => one.Id).AsNoTracking().FirstAsync();
        if (last.Id != own.Id || own.DeciderId != me)
            return StandingAct.Overtaken(last.DeciderId == me, texts);
        if (own.Outcome is not ReportOutcome.Suspension)
            return null;
        // Suspensions are also lifted without a case.
        var acts = db.AuditEntries.Where(entry =>
            entry.PersonId == report.PersonId
            && (entry.Action == AuditAction.PersonSuspended || entry.Action == AuditAction.PersonReinstated)
        );
        var act = await StandingAct.FindAsync(db, acts, me, one => one.Action is AuditAction.PersonSuspended, texts);
        return act.Refusal;
    }

    // What did the same to the same, in whatever case, and what was decided on this one.
    private static IQueryable<ReportDecision> OnSame(MarketplaceDbContext db, Report about, ReportOutcome outcome)
    {
        var hides = outcome is ReportOutcome.MessageHidden or ReportOutcome.TextMasked;
        return from report in On(db, about, outcome)
            join decision in db.ReportDecisions on report.Id equals decision.ReportId
            where
                report.Id == about.Id
                || decision.Outcome == outcome
                || (
                    hides
                    && (decision.Outcome == ReportOutcome.MessageHidden || decision.Outcome == ReportOutcome.TextMasked)
                )
            select decision;
    }

    private static IQueryable<Report> On(MarketplaceDbContext db, Report about, ReportOutcome outcome) =>
        outcome switch
        {
            ReportOutcome.MessageHidden or ReportOutcome.TextMasked => db.Reports.Where(report =>
                report.RoomId == about.RoomId && report.Seq == about.Seq
            ),
            ReportOutcome.ListingRemoved => db.Reports.Where(report => report.ListingId == about.ListingId),
            ReportOutcome.Suspension => db.Reports.Where(report => report.PersonId == about.PersonId),
            _ => db.Reports.Where(report => report.Id == about.Id),
        };
}
