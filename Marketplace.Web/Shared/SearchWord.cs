using System.Buffers;
using System.Text;

namespace Marketplace.Web.Shared;

/// <summary>A word of a search. A run of a script without spaces is one word and matches within longer runs.</summary>
/// <param name="Parts">The word itself, or the characters of a run.</param>
/// <param name="Begins">Whether it also matches longer words, because it may be still being typed.</param>
public sealed record SearchWord(IReadOnlyList<string> Parts, bool IsRun, bool Begins)
{
    private const int ShortestBeginning = 2;

    public string Text => string.Concat(Parts);

    public bool IsEmoji => Words.IsEmoji(Text);

    public IEnumerable<string> Tokens => Parts.Count == 1 ? Parts : Parts.Zip(Parts.Skip(1), (one, next) => one + next);

    /// <summary>Splits a search into distinct words in order; the last one matches as a prefix.</summary>
    public static IReadOnlyList<SearchWord> Of(string text, int most = int.MaxValue)
    {
        var found = new List<SearchWord>();
        foreach (var word in Words.Of(text))
            if (word.GoesOn)
                found[^1] = found[^1] with { Parts = [.. found[^1].Parts, word.Text] };
            else
                found.Add(new SearchWord([word.Text], word.IsOfRun, false));
        return
        [
            .. found
                .Select((word, place) => word with { Begins = place == found.Count - 1 && CanBeBegun(word.Text) })
                .DistinctBy(word => word.Text)
                .Take(most),
        ];
    }

    public static IReadOnlyList<TextSpan> Find(string text, IReadOnlyCollection<SearchWord> sought)
    {
        var words = Words.Of(text);
        var found = new List<TextSpan>();
        for (var at = 0; at < words.Count; at++)
            if (sought.Where(one => one.StandsAt(words, at)).MaxBy(one => one.Parts.Count) is { } longest)
            {
                var last = words[at + longest.Parts.Count - 1].Span;
                found.Add(new TextSpan(words[at].Span.Start, last.Start + last.Length - words[at].Span.Start));
                at += longest.Parts.Count - 1;
            }
        return found;
    }

    public static bool CanBeBegun(ReadOnlySpan<char> token) =>
        token.Length >= ShortestBeginning
        && Rune.DecodeFromUtf16(token, out var first, out _) is OperationStatus.Done
        && Rune.IsLetterOrDigit(first)
        && !Words.IsOfRun(first);

    private bool StandsAt(IReadOnlyList<Word> words, int at)
    {
        if (!IsRun)
            return Begins ? words[at].Text.StartsWith(Text, StringComparison.Ordinal) : words[at].Text == Text;
        for (var part = 0; part < Parts.Count; part++)
            if (
                at + part == words.Count
                || words[at + part].Text != Parts[part]
                || (part > 0 && !words[at + part].GoesOn)
            )
                return false;
        return true;
    }
}
