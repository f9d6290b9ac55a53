using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Admin.Reports;

/// <summary>What an administrator decides, and what each side is told.</summary>
public sealed record Verdict
{
    /// <summary>Suspensions that end by themselves, in days.</summary>
    public static readonly IReadOnlyList<int> Days = [1, 3, 7, 30, 90];

    private static readonly ReportOutcome[] OnPeople = [ReportOutcome.Warning, ReportOutcome.Suspension];

    private Verdict(ReportOutcome outcome, HouseRule? rule, string toReporter, string? toPerson) =>
        (Outcome, Rule, ToReporter, ToPerson) = (outcome, rule, toReporter, toPerson);

    public ReportOutcome Outcome { get; }
    public HouseRule? Rule { get; }
    public string ToReporter { get; }
    public string? ToPerson { get; }

    /// <summary>How long a suspension lasts, one of <see cref="Days"/>; null if it does not end by itself.</summary>
    public int? ForDays { get; private init; }

    /// <summary>What of the text is hidden.</summary>
    public string? Part { get; private init; }

    /// <summary>Of what nobody reported. Null if something is missing.</summary>
    public static Verdict? OnOwnInitiative(
        ReportOutcome outcome,
        HouseRule? rule,
        string? toPerson,
        int? forDays = null,
        string? part = null
    )
    {
        var words = Words(toPerson);
        if (!Enum.IsDefined(outcome) || rule is null || !Enum.IsDefined(rule.Value) || words.Length == 0)
            return null;
        if (outcome is ReportOutcome.NoInfringement || (forDays is { } days && !Days.Contains(days)))
            return null;
        return outcome is ReportOutcome.TextMasked && string.IsNullOrWhiteSpace(part)
            ? null
            : new(outcome, rule, "", words) { ForDays = forDays, Part = part };
    }

    /// <summary>Takes back what was decided before.</summary>
    public static Verdict TakenBack(string toPerson, string toReporter) =>
        new(ReportOutcome.NoInfringement, null, toReporter, Words(toPerson));

    /// <summary>What can be decided on a report of this kind.</summary>
    public static IReadOnlyList<ReportOutcome> Of(ReportKind kind) =>
        kind switch
        {
            ReportKind.Message => [ReportOutcome.NoInfringement, ReportOutcome.MessageHidden, .. OnPeople],
            ReportKind.Listing => [ReportOutcome.NoInfringement, ReportOutcome.ListingRemoved, .. OnPeople],
            _ => [ReportOutcome.NoInfringement, .. OnPeople],
        };

    /// <summary>Null if something is missing: who is warned or suspended learns which rule was broken, and why.</summary>
    /// <param name="hasReporter">False for what nobody reported.</param>
    /// <param name="isAgain">Whether the person objected, and so hears why in any case.</param>
    public static Verdict? For(
        ReportOutcome outcome,
        HouseRule? rule,
        string? toReporter,
        string? toPerson,
        bool hasReporter = true,
        bool isAgain = false,
        int? forDays = null
    )
    {
        var (one, other) = (Words(toReporter), Words(toPerson));
        if (!Enum.IsDefined(outcome) || outcome is ReportOutcome.TextMasked)
            return null;
        if ((hasReporter && one.Length == 0) || (isAgain && other.Length == 0))
            return null;
        if (outcome is ReportOutcome.NoInfringement)
            return new(outcome, null, one, other.Length == 0 ? null : other);
        return rule is null || other.Length == 0 ? null : new(outcome, rule, one, other) { ForDays = forDays };
    }

    private static string Words(string? text) =>
        VisibleText.Begin(VisibleText.Lines(text), ReportDecision.MaxTextLength);
}
