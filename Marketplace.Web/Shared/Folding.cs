using System.Globalization;
using System.Text;

namespace Marketplace.Web.Shared;

/// <summary>A part of a text, in UTF-16 units.</summary>
public readonly record struct TextSpan(int Start, int Length);

/// <summary>
/// The one folding of texts and queries: case and accents away, ñ kept ("ano" is not "año"). Used for whatever is
/// searched, on both databases, so that what was stored and what is asked for always fold alike.
/// </summary>
public static class Folding
{
    /// <summary>Longer "words" are keys and links that nobody types; they are cut, in the index and in the query.</summary>
    public const int LongestWord = 40;

    private const char CombiningTilde = '\u0303';

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var character in text.ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (character == CombiningTilde && folded is [.., 'n'])
                folded[^1] = 'ñ';
            else if (CharUnicodeInfo.GetUnicodeCategory(character) is not UnicodeCategory.NonSpacingMark)
                folded.Append(character);
        }
        return folded.ToString();
    }

    /// <summary>The distinct folded words of the text, in their order.</summary>
    public static IReadOnlyList<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var character in Fold(text).Append(' '))
        {
            if (char.IsLetterOrDigit(character) || char.IsSurrogate(character))
                word.Append(character);
            else if (word.Length > 0)
            {
                words.Add(word.ToString(0, Math.Min(word.Length, LongestWord)));
                word.Clear();
            }
        }
        return [.. words.Distinct()];
    }

    /// <summary>Where the text has one of these folded words, whole; in their order.</summary>
    public static IReadOnlyList<TextSpan> Find(string text, IReadOnlyCollection<string> words)
    {
        var found = new List<TextSpan>();
        for (int start = 0, end; start < text.Length; start = Math.Max(end, start + 1))
        {
            end = start;
            while (end < text.Length && IsOfWord(text[end]))
                end++;
            if (end > start && Words(text[start..end]) is [var word] && words.Contains(word))
                found.Add(new TextSpan(start, end - start));
        }
        return found;
    }

    // Marks are part of a word before they are folded away.
    private static bool IsOfWord(char character) =>
        char.IsLetterOrDigit(character)
        || char.IsSurrogate(character)
        || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark;

    /// <summary>The first string after all that begin with <paramref name="prefix"/>, in the order of code units.</summary>
    public static string After(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);
}
