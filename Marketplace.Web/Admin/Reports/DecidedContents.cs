using Marketplace.Web.Chat;
using Marketplace.Web.Data;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin.Reports;

/// <summary>What a decision does to what was written: hides it, or shows it again if the decision before hid it.</summary>
public sealed class DecidedContents(MessageModerator messages, IStringLocalizer<AdminTexts> texts)
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
        if (report is not { RoomId: { } roomId, Seq: { } seq })
            return (Nothing, null);
        var tell = verdict switch
        {
            { Outcome: ReportOutcome.MessageHidden, Rule: { } rule } => await messages.HideAsync(
                db,
                roomId,
                seq,
                rule,
                now
            ),
            { Outcome: ReportOutcome.TextMasked, Rule: { } rule, Part: { } part } => await messages.MaskAsync(
                db,
                roomId,
                seq,
                part,
                rule,
                now
            ),
            _ => await WasHiddenAsync(db, report) ? await messages.RestoreAsync(db, roomId, seq) ?? Nothing : Nothing,
        };
        return tell is null ? (Nothing, new(RefusalKind.Conflict, texts["Case.NothingToHide"])) : (tell, null);
    }

    private static void Nothing() { }

    private static async Task<bool> WasHiddenAsync(MarketplaceDbContext db, Report report) =>
        report.State is not ReportState.Open
        && await db
            .ReportDecisions.Where(one => one.ReportId == report.Id)
            .OrderByDescending(one => one.Id)
            .Select(one => one.Outcome)
            .FirstOrDefaultAsync()
            is ReportOutcome.MessageHidden
                or ReportOutcome.TextMasked;
}
