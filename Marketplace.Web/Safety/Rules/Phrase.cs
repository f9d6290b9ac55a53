using System.Text.RegularExpressions;

namespace Marketplace.Web.Safety.Rules;

/// <summary>Clues that make a finding when all of them stand near the first, and the exception does not.</summary>
internal sealed record Phrase(SafetyRule Rule, SafetySeverity Severity, params Regex[] Clues)
{
    /// <summary>In letters, about two sentences of a chat.</summary>
    private const int Near = 110;

    /// <summary>More of one clue than people write; the rest is not looked at.</summary>
    private const int MaxMatches = 50;

    public Func<SafetyContext, bool> When { get; init; } = _ => true;

    public Regex? Unless { get; init; }

    /// <summary>Takes time in proportion to the text, whatever it is.</summary>
    public static Regex Clue(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    public (int Start, int End)? Find(string text)
    {
        var anchors = Matches(Clues[0], text);
        if (anchors.Count == 0)
            return null;
        var others = Clues.Skip(1).Select(clue => Matches(clue, text)).ToList();
        if (others.Exists(matches => matches.Count == 0) || Unless?.IsMatch(text) == true)
            return null;
        foreach (var anchor in anchors)
            if (Join(anchor, others) is { } whole)
                return whole;
        return null;
    }

    private static (int Start, int End)? Join((int Start, int End) anchor, List<List<(int Start, int End)>> others)
    {
        var whole = anchor;
        foreach (var matches in others)
        {
            var near = matches.MinBy(match => Distance(anchor, match));
            if (Distance(anchor, near) > Near)
                return null;
            whole = (Math.Min(whole.Start, near.Start), Math.Max(whole.End, near.End));
        }
        return whole;
    }

    private static int Distance((int Start, int End) one, (int Start, int End) other) =>
        Math.Max(0, Math.Max(other.Start - one.End, one.Start - other.End));

    private static List<(int Start, int End)> Matches(Regex clue, string text)
    {
        var matches = new List<(int, int)>();
        foreach (var match in clue.EnumerateMatches(text))
        {
            matches.Add((match.Index, match.Index + match.Length));
            if (matches.Count == MaxMatches)
                break;
        }
        return matches;
    }
}
