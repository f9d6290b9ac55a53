using System.Globalization;
using System.Text;

namespace Marketplace.Web.Shared;

/// <summary>A part of a text, in UTF-16 units.</summary>
public readonly record struct TextSpan(int Start, int Length);

/// <summary>
/// The one folding of texts and queries, per code point: compatibility forms, case and accents away, ñ kept ("ano" is not
/// "año"). The same before and after upper-casing in every alphabet. Used for whatever is searched, on both databases, so
/// that what was stored and what is asked for always fold alike.
/// </summary>
public static class Folding
{
    /// <summary>Rises whenever a text folds to something else: what was stored is then folded anew at the next start.</summary>
    public const int Version = 2;

    private const int CombiningTilde = 0x303;
    private const int IotaBelow = 0x345;

    // Letters that decompose into nothing, as they are typed without their keys.
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

    // What becomes of each character of the Latin blocks, where that is one; most texts have no other, and need no
    // normalization.
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

    /// <summary>Whether the character folds to one, whatever stands beside it (but for marks that follow).</summary>
    public static bool TryFold(char character, out char folded)
    {
        folded = character < Latin.Length ? Latin[character] : '\0';
        return folded != '\0';
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

    /// <summary>The first string after all that begin with <paramref name="prefix"/>, in the order of code points.</summary>
    public static string After(string prefix)
    {
        Rune.DecodeLastFromUtf16(prefix, out var last, out var length);
        // No string that is folded holds the last code point of all.
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
        // Up and down again: letters of which two small ones share a capital become one.
        var small = Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));
        if (Spelled.TryGetValue(small.Value, out var letters))
            folded.Append(letters);
        else if (Rune.GetUnicodeCategory(small) is UnicodeCategory.DecimalDigitNumber)
            folded.Append((int)Rune.GetNumericValue(small));
        else
            folded.Append(small);
    }

    // Format characters, and the marks without which a word is still understood: accents, points of Hebrew and Arabic,
    // choices between two drawings. The marks of other scripts are vowels.
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
