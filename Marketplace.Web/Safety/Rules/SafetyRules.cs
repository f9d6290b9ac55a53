using Marketplace.Web.Accounts;

namespace Marketplace.Web.Safety.Rules;

/// <summary>
/// Finds what looks like fraud. Pure and local: the same text and context give the same findings, at most one per rule.
/// They explain and warn; nobody is refused because of them.
/// </summary>
public static class SafetyRules
{
    public static IReadOnlyList<SafetyFinding> Find(string text, SafetyContext context)
    {
        var findings = new Dictionary<SafetyRule, SafetyFinding>();
        if (NameRules.IsReserved(context.SenderName))
            findings[SafetyRule.FalseName] = new(SafetyRule.FalseName, default, SafetySeverity.Danger);
        var read = new ReadableText(text);
        foreach (var phrase in Phrases.All)
            if (
                !findings.ContainsKey(phrase.Rule)
                && phrase.When(context)
                && phrase.Find(read.Text) is var (start, end)
            )
                findings[phrase.Rule] = new(phrase.Rule, read.Span(start, end), phrase.Severity);
        if (!findings.ContainsKey(SafetyRule.Overpayment) && Amounts.Find(read.Text, context.Price) is var (from, to))
            findings[SafetyRule.Overpayment] = new(SafetyRule.Overpayment, read.Span(from, to), SafetySeverity.Warning);
        if (Hosts.FindFalse(read, text, context.SiteHost) is { } link)
            findings[SafetyRule.FalseLink] = new(SafetyRule.FalseLink, link, SafetySeverity.Danger);
        return [.. findings.Values.OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Rule)];
    }
}
