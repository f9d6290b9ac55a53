using System.Globalization;
using System.Text;

namespace Marketplace.Web.Shared;

public readonly record struct TextSpan(int Start, int Length);

/// <summary>The one folding of texts and queries: removes case, accents and compatibility forms, but keeps ñ.</summary>
public static class Folding
{
    /// <summary>Must rise whenever a text folds differently; the next start then folds stored texts again.</summary>
    public const int Version = 2;

    private const int CombiningTilde = 0x303;
    private const int IotaBelow = 0x345;

    private static readonly Dictionary<int, string> Spelled = new()
    {
        ['ß'] = "ss",
        ['æ'] = "ae",
        ['œ'] = "oe",
        ['ø'] = "o",
        ['đ'] = "d",
        ['ł'] = "l",
        ['ħ'] = "h",
        ['ŧ'] = "t",
        ['ı'] = "i",
        [IotaBelow] = "ι",
    };

    // The folding of each Latin character that folds to one; '\0' for others. Most texts need nothing else.
    private static readonly char[] Latin =
    [
        .. Enumerable.Range(0, 0x250).Select(code => FoldAny($"{(char)code}") is [var one] ? one : '\0'),
    ];

    public static string Fold(string text)
    {
        Span<char> folded = text.Length <= 512 ? stackalloc char[text.Length] : new char[text.Length];
        for (var i = 0; i < text.Length; i++)
            if (!TryFold(text[i], out folded[i]))
                return FoldAny(text);
        return new string(folded);
    }

    public static bool TryFold(char character, out char folded)
    {
        folded = character < Latin.Length ? Latin[character] : '\0';
        return folded != '\0';
    }

    /// <summary>Replaces what normalization throws on: U+FFFE and unpaired surrogates.</summary>
    public static string Sound(string text)
    {
        const char notACharacter = '\uFFFE';
        var sound = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            sound.Append(rune.Value == notACharacter ? Rune.ReplacementChar : rune);
        return sound.ToString();
    }

    /// <summary>The exclusive upper bound of strings that begin with the prefix, in code point order.</summary>
    public static string After(string prefix)
    {
        Rune.DecodeLastFromUtf16(prefix, out var last, out var length);
        // Folded strings never contain the highest code point; the surrogates are skipped.
        return prefix[..^length] + new Rune(last.Value == 0xD7FF ? 0xE000 : last.Value + 1);
    }

    private static string FoldAny(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in Sound(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (rune.Value == CombiningTilde && folded is [.., 'n'])
                folded[^1] = 'ñ';
            else if (rune.Value == IotaBelow || !GoesAway(rune))
                Append(folded, rune);
        }
        return folded.ToString().Normalize();
    }

    private static void Append(StringBuilder folded, Rune rune)
    {
        // Upper, then lower case: merges small letters that share a capital.
        var small = Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));
        if (Spelled.TryGetValue(small.Value, out var letters))
            folded.Append(letters);
        else if (Rune.GetUnicodeCategory(small) is UnicodeCategory.DecimalDigitNumber)
            folded.Append((int)Rune.GetNumericValue(small));
        else
            folded.Append(small);
    }

    // Format characters, and marks that a word is readable without: accents, Hebrew and Arabic points, variation
    // selectors. The marks of other scripts are vowels.
    private static bool GoesAway(Rune rune) =>
        Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Format => true,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => rune.Value
                is (>= 0x300 and <= 0x36F)
                    or (>= 0x483 and <= 0x489)
                    or (>= 0x591 and <= 0x5C7)
                    or (>= 0x610 and <= 0x61A)
                    or (>= 0x64B and <= 0x65F)
                    or 0x670
                    or (>= 0x6D6 and <= 0x6ED)
                    or (>= 0x1AB0 and <= 0x1AFF)
                    or (>= 0x1DC0 and <= 0x1DFF)
                    or (>= 0x20D0 and <= 0x20FF)
                    or (>= 0xFE00 and <= 0xFE2F)
                    or (>= 0xE0100 and <= 0xE01EF),
            _ => false,
        };
}
