using System.Globalization;
using System.Text;

namespace Marketplace.Web.Shared;

/// <param name="IsOfRun">Whether it is one character of a script without spaces between words.</param>
/// <param name="GoesOn">Whether it directly follows the previous character of the same run.</param>
public readonly record struct Word(string Text, TextSpan Span, bool IsOfRun = false, bool GoesOn = false);

/// <summary>Words are letters and digits, single emoji, or one character of a script without spaces.</summary>
public static class Words
{
    /// <summary>Longer words are keys and links; they are cut both in the index and in queries.</summary>
    public const int MaxLength = 40;

    /// <summary>A name of 60 letters, half of which fold to several; longer keys are cut.</summary>
    public const int MaxKeyLength = 120;

    private const char FirstMark = '\u0300';
    private const char Joiner = '\u200D';
    private const char EmojiSign = '\uFE0F';
    private const char KeycapSign = '\u20E3';

    private enum Kind
    {
        Nothing,
        Separator,
        Letters,
        Emoji,
        Run,
    }

    public static IReadOnlyList<Word> Of(string text)
    {
        var words = new List<Word>();
        var letters = new StringBuilder();
        var (start, end, goesOn) = (0, 0, false);
        for (int at = 0, next; at < text.Length; at = next)
        {
            if (IsAlone(text, at, out var character))
            {
                next = at + 1;
                if (char.IsLetterOrDigit(character))
                    Take([character], at, next);
                else
                    EndWord();
                continue;
            }
            next = at + StringInfo.GetNextTextElementLength(text, at);
            var grapheme = text[at..next];
            var (kind, folded) = Read(grapheme);
            if (kind is Kind.Letters)
                Take(folded, at, next);
            else if (kind is Kind.Separator)
                EndWord();
            else if (kind is Kind.Emoji)
            {
                EndWord();
                words.Add(new Word(folded, new TextSpan(at, next - at)));
            }
            else if (kind is Kind.Run)
            {
                var wentOn = goesOn;
                EndWord();
                goesOn = wentOn;
                foreach (var rune in folded.EnumerateRunes())
                {
                    words.Add(new Word(rune.ToString(), new TextSpan(at, next - at), IsOfRun: true, goesOn));
                    goesOn = true;
                }
            }
        }
        EndWord();
        return words;

        void Take(ReadOnlySpan<char> folded, int at, int next)
        {
            if (letters.Length == 0)
                start = at;
            if (letters.Length + folded.Length <= MaxLength)
                letters.Append(folded);
            (end, goesOn) = (next, false);
        }

        void EndWord()
        {
            if (letters.Length > 0)
                words.Add(new Word(letters.ToString(), new TextSpan(start, end - start)));
            letters.Clear();
            goesOn = false;
        }
    }

    /// <summary>In order; runs give each character and adjacent pair, to find words within them.</summary>
    public static IEnumerable<string> Tokens(string text)
    {
        var before = "";
        foreach (var word in Of(text))
        {
            if (word.GoesOn)
                yield return before + word.Text;
            yield return before = word.Text;
        }
    }

    public static string Line(string text)
    {
        Span<char> line = text.Length < 512 ? stackalloc char[text.Length + 1] : new char[text.Length + 1];
        var (length, letters) = (0, 0);
        for (var at = 0; at < text.Length; at++)
        {
            if (!IsAlone(text, at, out var character))
                return string.Concat(Tokens(text).Select(token => token + " "));
            if (!char.IsLetterOrDigit(character))
                EndWord(line);
            else if (letters++ < MaxLength)
                line[length++] = character;
        }
        EndWord(line);
        return new string(line[..length]);

        void EndWord(Span<char> line)
        {
            if (letters > 0)
                line[length++] = ' ';
            letters = 0;
        }
    }

    /// <summary>A name's search key: its words joined by spaces, emoji last, so that it begins with a letter.</summary>
    public static string Key(string text)
    {
        var key = string.Join(' ', SearchWord.Of(text).OrderBy(word => word.IsEmoji).Select(word => word.Text));
        return key.Length <= MaxKeyLength ? key : Whole(key[..MaxKeyLength]);
    }

    internal static bool IsEmoji(string word) => !word.EnumerateRunes().Any(Rune.IsLetterOrDigit);

    private static string Whole(string cut) => char.IsHighSurrogate(cut[^1]) ? cut[..^1] : cut;

    private static bool IsAlone(string text, int at, out char folded) =>
        Folding.TryFold(text[at], out folded) && (at + 1 == text.Length || text[at + 1] < FirstMark);

    private static (Kind Kind, string Folded) Read(string grapheme)
    {
        var folded = Folding.Fold(grapheme);
        if (grapheme.AsSpan().ContainsAny(EmojiSign, KeycapSign) || folded.EnumerateRunes().Any(IsPicture))
            return (
                Kind.Emoji,
                Picture(grapheme) is { Length: > MaxLength } chain ? Whole(chain[..MaxLength]) : Picture(grapheme)
            );
        var word = string.Concat(folded.EnumerateRunes().Where(IsOfWord));
        if (word.Length > 0)
            return (word.EnumerateRunes().Any(IsOfRun) ? Kind.Run : Kind.Letters, word);
        return (folded.Length == 0 ? Kind.Nothing : Kind.Separator, "");
    }

    private static string Picture(string grapheme) =>
        string.Concat(
            grapheme
                .EnumerateRunes()
                .Where(rune =>
                    rune.Value == Joiner
                    || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.ModifierSymbol)
                        && rune.Value is not (>= 0xFE00 and <= 0xFE0F)
                )
        );

    // Excludes signs of text such as ° and ©, and the object and replacement characters.
    private static bool IsPicture(Rune rune) =>
        rune.Value is >= 0x2190 and not (0xFFFC or 0xFFFD)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol;

    private static bool IsOfWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Whether the script has no spaces: Thai, Lao, Burmese, Khmer, kana, bopomofo or Han.</summary>
    public static bool IsOfRun(Rune rune) =>
        rune.Value
            is (>= 0x0E00 and <= 0x0EFF)
                or (>= 0x1000 and <= 0x109F)
                or (>= 0x1780 and <= 0x17FF)
                or (>= 0x3005 and <= 0x3007)
                or (>= 0x3041 and <= 0x312F)
                or (>= 0x31A0 and <= 0x31FF)
                or (>= 0x3400 and <= 0x9FFF)
                or (>= 0xF900 and <= 0xFAFF)
                or (>= 0x20000 and <= 0x3FFFF);
}
