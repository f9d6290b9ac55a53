using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Dashboard;
using Marketplace.Web.Figures;
using Marketplace.Web.Safety.Reports;

namespace Marketplace.Web.Admin.Transparency;

/// <summary>What was counted of a year.</summary>
internal sealed record TransparencyCounts(
    IReadOnlyList<PartCount> Notices,
    IReadOnlyList<DecidedRow> Decided,
    long Objections,
    IReadOnlyList<MeasureCount> Own,
    IReadOnlyList<FigureSum> Sums
);

/// <summary>
/// A year's figures, in the order of articles 15(1) and 24 of the Digital Services Act. Pure. Measures are taken under
/// the rules of the house, by people: nothing is decided automatically, and nobody loses the right to report.
/// </summary>
internal static class TransparencyReport
{
    private const string Orders = "15(1)(a)";
    private const string Notices = "15(1)(b)";
    private const string Own = "15(1)(c)";
    private const string Complaints = "15(1)(d)";
    private const string Automated = "15(1)(e)";
    private const string Disputes = "24(1)(a)";
    private const string Suspensions = "24(1)(b)";
    private const string Recipients = "24(2)";

    public static IReadOnlyList<TransparencyLine> Of(TransparencyCounts counts)
    {
        var first = counts.Decided.Where(row => row is { Before: null, IsOwnInitiative: false }).ToList();
        var own = counts.Decided.Where(row => row is { Before: null, IsOwnInitiative: true }).ToList();
        // What an administrator takes back of their own accord answers no complaint.
        var again = counts.Decided.Where(row => row.Before is not null && row.ObjectedAt <= row.At).ToList();
        return
        [
            new(Orders, "orders", "", null),
            .. OfNotices(counts.Notices, first),
            .. OfOwn(counts.Own, own),
            .. OfComplaints(counts.Objections, again),
            .. OfRules(counts.Sums),
            new(Disputes, "disputes", "", null),
            .. OfSuspensions(counts),
            new(Recipients, "recipients.monthly", "", null),
        ];
    }

    private static IEnumerable<TransparencyLine> OfNotices(
        IReadOnlyList<PartCount> notices,
        IReadOnlyList<DecidedRow> first
    ) =>
        [
            new(Notices, "notices", "", notices.Sum(one => one.Count)),
            .. Enum.GetValues<ReportReason>()
                .Select(reason => new TransparencyLine(
                    Notices,
                    "notices",
                    reason.ToString(),
                    notices.Where(one => one.Part == (int)reason).Sum(one => one.Count)
                )),
            new(Notices, "notices.trusted-flaggers", "", null),
            new(Notices, "notices.automated", "", 0),
            new(Notices, "decisions", "", first.Count),
            .. Enum.GetValues<ReportOutcome>()
                .Select(outcome => new TransparencyLine(
                    Notices,
                    "decisions",
                    outcome.ToString(),
                    first.Count(row => row.Outcome == outcome)
                )),
            new(Notices, "actions.law", "", 0),
            new(Notices, "actions.terms", "", first.Count(row => row.Outcome is not ReportOutcome.NoInfringement)),
            .. Enum.GetValues<HouseRule>()
                .Select(rule => new TransparencyLine(
                    Notices,
                    "actions.terms",
                    rule.ToString(),
                    first.Count(row => row.Rule == rule && row.Outcome is not ReportOutcome.NoInfringement)
                )),
            new(Notices, "median.decision", "", Median(first.Select(row => row.At - row.ReportedAt))),
        ];

    private static IEnumerable<TransparencyLine> OfOwn(
        IReadOnlyList<MeasureCount> acts,
        IReadOnlyList<DecidedRow> cases
    )
    {
        long Of(ReportOutcome outcome) => cases.Count(row => row.Outcome == outcome);
        var suspended = TransparencyReport.Of(acts, AuditAction.PersonSuspended) + Of(ReportOutcome.Suspension);
        return
        [
            new(Own, "own-initiative", "", acts.Sum(one => one.Count) + cases.Count),
            new(Own, "own-initiative", nameof(AuditAction.PersonSuspended), suspended),
            new(
                Own,
                "own-initiative",
                nameof(AuditAction.RoomLocked),
                TransparencyReport.Of(acts, AuditAction.RoomLocked)
            ),
            new(Own, "own-initiative", nameof(ReportOutcome.Warning), Of(ReportOutcome.Warning)),
            new(Own, "own-initiative", nameof(ReportOutcome.MessageHidden), Of(ReportOutcome.MessageHidden)),
            new(Own, "own-initiative", nameof(ReportOutcome.TextMasked), Of(ReportOutcome.TextMasked)),
            new(Own, "own-initiative", nameof(ReportOutcome.ListingRemoved), Of(ReportOutcome.ListingRemoved)),
            new(Own, "own-initiative.automated", "", 0),
        ];
    }

    // How much a decision weighs for the person it is about.
    private static int Weight(ReportOutcome outcome) =>
        outcome switch
        {
            ReportOutcome.NoInfringement => 0,
            ReportOutcome.TextMasked => 1,
            ReportOutcome.MessageHidden or ReportOutcome.ListingRemoved => 2,
            ReportOutcome.Warning => 3,
            _ => 4,
        };

    private static int Eased(DecidedRow row) => Weight(row.Before!.Value) - Weight(row.Outcome);

    private static IEnumerable<TransparencyLine> OfComplaints(long objections, IReadOnlyList<DecidedRow> again) =>
        [
            new(Complaints, "complaints", "", objections),
            new(Complaints, "complaints.decided", "", again.Count),
            new(Complaints, "complaints.decided", "Upheld", again.Count(row => Eased(row) <= 0)),
            new(
                Complaints,
                "complaints.decided",
                "Reversed",
                again.Count(row => row.Outcome is ReportOutcome.NoInfringement && Eased(row) > 0)
            ),
            new(
                Complaints,
                "complaints.decided",
                "Eased",
                again.Count(row => row.Outcome is not ReportOutcome.NoInfringement && Eased(row) > 0)
            ),
            new(Complaints, "median.complaint", "", Median(again.Select(row => row.At - (row.ObjectedAt ?? row.At)))),
        ];

    private static IEnumerable<TransparencyLine> OfRules(IReadOnlyList<FigureSum> sums) =>
        [
            new(Automated, "automated.decisions", "", 0),
            new(Automated, "automated.warnings", "", Of(sums, Figure.CoachShown) + Of(sums, Figure.CautionShown)),
            new(
                Automated,
                "automated.warnings",
                "CalledWrong",
                Of(sums, Figure.CoachWrong) + Of(sums, Figure.CautionWrong)
            ),
        ];

    private static IEnumerable<TransparencyLine> OfSuspensions(TransparencyCounts counts)
    {
        var ofContent =
            Of(counts.Own, AuditAction.PersonSuspended)
            + counts.Decided.Count(row =>
                row.Outcome is ReportOutcome.Suspension && row.Before is not ReportOutcome.Suspension
            );
        return
        [
            new(Suspensions, "suspensions", "", ofContent),
            new(Suspensions, "suspensions", "Content", ofContent),
            new(Suspensions, "suspensions", "UnfoundedNotices", 0),
            new(Suspensions, "suspensions", "UnfoundedComplaints", 0),
        ];
    }

    private static long? Median(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        if (sorted.Count == 0)
            return null;
        var (low, high) = (sorted[(sorted.Count - 1) / 2], sorted[sorted.Count / 2]);
        return (long)Math.Round((low + high).TotalMinutes / 2);
    }

    private static long Of(IReadOnlyList<MeasureCount> own, AuditAction action) =>
        own.Where(one => one.Action == action).Sum(one => one.Count);

    private static long Of(IReadOnlyList<FigureSum> sums, Figure figure) =>
        sums.Where(one => one.Figure == figure).Sum(one => one.Sum);
}
