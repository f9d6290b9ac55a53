using Marketplace.Web.Chat;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin.Reports;

/// <summary>What a decision does to what was written: hides or removes it, or brings it back if the decision before did.</summary>
public sealed class DecidedContents(
    MessageModerator messages,
    ListingRemover listings,
    IStringLocalizer<AdminTexts> texts
)
{
    /// <summary>In the decision's transaction.</summary>
    /// <returns>What to tell open pages after the commit, or why the decision cannot be made.</returns>
    internal async Task<(Action Tell, Refusal? Problem)> ApplyAsync(
        MarketplaceDbContext db,
        Report report,
        Verdict verdict,
        DateTime now
    )
    {
        var tell = report switch
        {
            { Kind: ReportKind.Message, RoomId: { } roomId, Seq: { } seq } => await OnMessageAsync(
                db,
                report,
                (roomId, seq),
                verdict,
                now
            ),
            { Kind: ReportKind.Listing, ListingId: { } listingId } => await OnListingAsync(
                db,
                report,
                listingId,
                verdict,
                now
            ),
            _ => Nothing,
        };
        return tell is null ? (Nothing, new(RefusalKind.Conflict, texts["Case.NothingToHide"])) : (tell, null);
    }

    private async Task<Action?> OnMessageAsync(
        MarketplaceDbContext db,
        Report report,
        (long RoomId, long Seq) at,
        Verdict verdict,
        DateTime now
    ) =>
        verdict switch
        {
            { Outcome: ReportOutcome.MessageHidden, Rule: { } rule } => await messages.HideAsync(
                db,
                at.RoomId,
                at.Seq,
                rule,
                now
            ),
            { Outcome: ReportOutcome.TextMasked, Rule: { } rule, Part: { } part } => await messages.MaskAsync(
                db,
                at.RoomId,
                at.Seq,
                part,
                rule,
                now
            ),
            _ => await LastAsync(db, report) is ReportOutcome.MessageHidden or ReportOutcome.TextMasked
                ? await messages.RestoreAsync(db, at.RoomId, at.Seq) ?? Nothing
                : Nothing,
        };

    private async Task<Action?> OnListingAsync(
        MarketplaceDbContext db,
        Report report,
        long listingId,
        Verdict verdict,
        DateTime now
    ) =>
        verdict.Outcome is ReportOutcome.ListingRemoved ? await listings.SetAsync(db, listingId, isRemoved: true, now)
        : await LastAsync(db, report) is ReportOutcome.ListingRemoved
            ? await listings.SetAsync(db, listingId, isRemoved: false, now) ?? Nothing
        : Nothing;

    private static void Nothing() { }

    // What was decided before, if anything was.
    private static async Task<ReportOutcome?> LastAsync(MarketplaceDbContext db, Report report) =>
        report.State is ReportState.Open
            ? null
            : await db
                .ReportDecisions.Where(one => one.ReportId == report.Id)
                .OrderByDescending(one => one.Id)
                .Select(one => (ReportOutcome?)one.Outcome)
                .FirstOrDefaultAsync();
}
