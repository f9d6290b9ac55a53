using System.Buffers;
using System.Globalization;
using System.Text;

namespace Marketplace.Web.Shared;

/// <summary>Removes misleading characters. What others read passes <see cref="Line"/> or <see cref="Lines"/>.</summary>
public static class VisibleText
{
    /// <summary>More marks on one letter would cover the lines around it.</summary>
    private const int MaxMarks = 8;

    private static readonly SearchValues<char> Plain = SearchValues.Create([
        '\n',
        .. Enumerable
            .Range(0x20, 0x5F)
            .Concat(Enumerable.Range(0xA1, 0x1AF))
            .Where(code => code != 0xAD)
            .Select(code => (char)code),
    ]);

    private const int Joiner = 0x200D;
    private const int NonJoiner = 0x200C;
    private const int BlackFlag = 0x1F3F4;
    private const int TagEnd = 0xE007F;

    public static bool IsVisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Format
                or UnicodeCategory.Control
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.NonSpacingMark
            )
        && !IsBlank(rune);

    /// <summary>Cleans a name or title: one line, single spaces, trimmed; empty if nothing is visible.</summary>
    public static string Line(string? text) =>
        string.Join(' ', Lines(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Keeps invisible characters that emoji or scripts need; empty if nothing is visible.</summary>
    public static string Lines(string? text)
    {
        if (text is null)
            return "";
        // The fast path of most texts; every message passes here.
        if (!text.AsSpan().ContainsAnyExcept(Plain))
            return text.Trim();
        var runes = text.ReplaceLineEndings("\n").EnumerateRunes().ToArray();
        if (!runes.Any(IsVisible))
            return "";
        var turns = runes.Any(IsRightToLeft);
        var (shown, before, marks) = (new StringBuilder(text.Length), new Rune(' '), 0);
        for (var at = 0; at < runes.Length; at++)
        {
            var rune = runes[at];
            marks = IsMark(rune) ? marks + 1 : 0;
            if (FlagAt(runes, at) is > 0 and var length)
            {
                for (var end = at + length; at < end; at++)
                    shown.Append(runes[at]);
                at--;
            }
            else if (marks > MaxMarks || !Stays(rune, before, at + 1 < runes.Length ? runes[at + 1] : null, turns))
                continue;
            else
                shown.Append(rune);
            before = rune;
        }
        return shown.ToString().Trim();
    }

    /// <summary>At most <paramref name="most"/> UTF-16 units with the ellipsis; never cuts a grapheme.</summary>
    public static string Cut(string text, int most)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= most)
            return line;
        var start = Begin(line, most - 1);
        var space = line.LastIndexOf(' ', start.Length);
        return (space > most / 2 ? line[..space] : start).TrimEnd(' ', ',', '.', ';', ':') + "…";
    }

    /// <summary>Returns at most <paramref name="most"/> UTF-16 units, never cutting within a grapheme.</summary>
    public static string Begin(string text, int most)
    {
        if (text.Length <= most)
            return text;
        var end = Math.Max(0, text.LastIndexOf(' ', most));
        for (int next; (next = end + StringInfo.GetNextTextElementLength(text, end)) <= most; )
            end = next;
        return text[..end];
    }

    private static bool Stays(Rune rune, Rune before, Rune? after, bool turns) =>
        Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control => rune.Value is '\n' or '\t',
            UnicodeCategory.Format => rune.Value switch
            {
                Joiner => Joins(before, after) || IsEmojiPart(before) && after is { } next && IsPicture(next),
                NonJoiner => Joins(before, after),
                0x200E or 0x200F or 0x61C => turns,
                _ => IsNumberSign(rune),
            },
            UnicodeCategory.NonSpacingMark => !IsHidden(rune) && (!IsVariation(rune) || TakesVariation(before, rune)),
            _ => !IsBlank(rune) && !IsHidden(rune),
        };

    // Subdivision flags are a black flag, tag characters and an end tag. Three are in use.
    private static int FlagAt(Rune[] runes, int at)
    {
        if (runes[at].Value != BlackFlag)
            return 0;
        var tags = runes.AsSpan(at + 1);
        var end = tags.IndexOf(new Rune(TagEnd));
        if (end is < 0 or > 6)
            return 0;
        Span<char> code = stackalloc char[end];
        for (var i = 0; i < end; i++)
            code[i] = (char)(tags[i].Value - 0xE0000);
        return code is "gbeng" or "gbsct" or "gbwls" ? end + 2 : 0;
    }

    private static bool Joins(Rune before, Rune? after) => IsJoining(before) && after is { } next && IsJoining(next);

    private static bool IsJoining(Rune rune) =>
        rune.Value
            is (>= 0x600 and <= 0x7FF)
                or (>= 0x840 and <= 0xDFF)
                or (>= 0x1000 and <= 0x109F)
                or (>= 0x1780 and <= 0x18AF)
                or (>= 0xA800 and <= 0xABFF)
                or (>= 0xFB50 and <= 0xFDFF)
                or (>= 0xFE70 and <= 0xFEFC)
                or (>= 0x10A00 and <= 0x11FFF)
                or (>= 0x1E900 and <= 0x1E95F);

    /// <summary>With its direction kept to itself (U+2068, U+2069), among words of another; null if there is none.</summary>
    public static string? Isolated(string? text) => string.IsNullOrEmpty(text) ? null : $"\u2068{text}\u2069";

    /// <summary>Without unpaired surrogates, which no database stores alike.</summary>
    public static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]))
                return false;
        }
        return true;
    }

    public static bool IsRightToLeft(Rune rune) =>
        rune.Value
            is (>= 0x590 and <= 0x8FF)
                or (>= 0xFB1D and <= 0xFDFF)
                or (>= 0xFE70 and <= 0xFEFC)
                or (>= 0x10800 and <= 0x10FFF)
                or (>= 0x1E800 and <= 0x1EFFF);

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static bool IsPicture(Rune rune) =>
        rune.Value >= 0x2190
        && Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.OtherSymbol
                or UnicodeCategory.MathSymbol
                or UnicodeCategory.OtherNotAssigned;

    private static bool IsEmojiPart(Rune rune) =>
        IsPicture(rune) || rune.Value == 0xFE0F || Rune.GetUnicodeCategory(rune) is UnicodeCategory.ModifierSymbol;

    private static bool IsVariation(Rune rune) =>
        rune.Value is (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    // Only after symbols with several presentations; never after letters of alphabets or another mark.
    private static bool TakesVariation(Rune before, Rune variation) =>
        variation.Value switch
        {
            0xFE0E or 0xFE0F => !Rune.IsLetter(before) && !Rune.IsWhiteSpace(before) && !IsMark(before),
            _ => before.Value >= 0x1000 && !IsMark(before),
        };

    private static bool IsNumberSign(Rune rune) =>
        rune.Value is (>= 0x600 and <= 0x605) or 0x6DD or 0x70F or 0x890 or 0x891 or 0x8E2 or 0x110BD or 0x110CD;

    private static bool IsBlank(Rune rune) => rune.Value is 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0;

    private static bool IsHidden(Rune rune) =>
        rune.Value
            is 0x34F
                or 0x17B4
                or 0x17B5
                or 0x2065
                or (>= 0xFFF0 and <= 0xFFF8)
                or (>= 0xE0000 and <= 0xE00FF)
                or (>= 0xE01F0 and <= 0xE0FFF);
}
