using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Admin.Reports;

/// <summary>What an administrator decides, and what each side is told.</summary>
public sealed record Verdict
{
    private Verdict(ReportOutcome outcome, HouseRule? rule, string toReporter, string? toPerson) =>
        (Outcome, Rule, ToReporter, ToPerson) = (outcome, rule, toReporter, toPerson);

    public ReportOutcome Outcome { get; }
    public HouseRule? Rule { get; }
    public string ToReporter { get; }
    public string? ToPerson { get; }

    /// <summary>Null if something is missing: who is warned or suspended learns which rule was broken, and why.</summary>
    public static Verdict? For(ReportOutcome outcome, HouseRule? rule, string? toReporter, string? toPerson)
    {
        var (one, other) = (Words(toReporter), Words(toPerson));
        if (!Enum.IsDefined(outcome) || one.Length == 0)
            return null;
        if (outcome is ReportOutcome.NoInfringement)
            return new(outcome, null, one, other.Length == 0 ? null : other);
        return rule is null || other.Length == 0 ? null : new(outcome, rule, one, other);
    }

    private static string Words(string? text) =>
        VisibleText.Begin(VisibleText.Lines(text), ReportDecision.MaxTextLength);
}
