using Marketplace.Web.Figures;
using Marketplace.Web.Safety.Rules;

namespace Marketplace.Web.Chat.Composer;

/// <summary>
/// Counts what writers were told before sending, and what they answered. The browser says what it showed; only what the
/// server found in the last text counts, and once.
/// </summary>
public sealed class CoachCount(FigureTally tally)
{
    private IReadOnlyList<SafetyRule> found = [];
    private IReadOnlyList<SafetyRule> shown = [];

    public void Found(IEnumerable<SafetyFinding> findings) => found = [.. findings.Select(finding => finding.Rule)];

    public void Shown(IReadOnlyCollection<string> rules)
    {
        shown = [.. found.Where(rule => rules.Contains(rule.ToString()))];
        found = [];
        Add(Figure.CoachShown);
    }

    public void Answered(bool isWrong)
    {
        Add(isWrong ? Figure.CoachWrong : Figure.CoachSent);
        shown = [];
    }

    private void Add(Figure figure)
    {
        foreach (var rule in shown)
            tally.Found(figure, (int)rule, rule.ToString());
    }
}
