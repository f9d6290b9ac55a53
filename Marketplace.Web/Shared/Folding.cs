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

    // What becomes of each letter of the Latin blocks; most texts have no other, and need no normalization.
    private static readonly char[] Latin =
    [
        .. Enumerable.Range(0, 0x250).Select(code => FoldAny($"{(char)code}") is [var one] ? one : '\0'),
    ];

    public static string Fold(string text)
    {
        Span<char> folded = text.Length <= 512 ? stackalloc char[text.Length] : new char[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] >= Latin.Length || Latin[text[i]] == '\0')
                return FoldAny(text);
            folded[i] = Latin[text[i]];
        }
        return new string(folded);
    }

    /// <summary>The distinct folded words of the text, in their order.</summary>
    public static IReadOnlyList<string> Words(string text) =>
        [.. Line(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct()];

    /// <summary>The folded words of the text in their order, each followed by a space.</summary>
    public static string Line(string text)
    {
        var folded = Fold(text);
        var line = new char[folded.Length + 1];
        var (end, letters) = (0, 0);
        foreach (var character in folded)
            if (char.IsLetterOrDigit(character) || char.IsSurrogate(character))
            {
                if (letters++ < LongestWord)
                    line[end++] = character;
            }
            else
                EndWord();
        EndWord();
        return new string(line, 0, end);

        void EndWord()
        {
            if (letters > 0)
                line[end++] = ' ';
            letters = 0;
        }
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

    /// <summary>The text with a sign in place of what normalization throws on: U+FFFE, and half of a surrogate pair.</summary>
    public static string Sound(string text)
    {
        const char notACharacter = '\uFFFE';
        var sound = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            sound.Append(rune.Value == notACharacter ? Rune.ReplacementChar : rune);
        return sound.ToString();
    }

    private static string FoldAny(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var character in Sound(text).ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (character == CombiningTilde && folded is [.., 'n'])
                folded[^1] = 'ñ';
            else if (CharUnicodeInfo.GetUnicodeCategory(character) is not UnicodeCategory.NonSpacingMark)
                folded.Append(character);
        }
        return folded.ToString();
    }

    // Marks are part of a word before they are folded away.
    private static bool IsOfWord(char character) =>
        char.IsLetterOrDigit(character)
        || char.IsSurrogate(character)
        || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark;

    /// <summary>The first string after all that begin with <paramref name="prefix"/>, in the order of code units.</summary>
    public static string After(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);
}
