using System.Buffers;
using System.Globalization;
using System.Text;

namespace Marketplace.Web.Shared;

/// <summary>
/// What of a text people can see, per code point. Every field that others read passes <see cref="Line"/> or
/// <see cref="Lines"/>. Pure.
/// </summary>
public static class VisibleText
{
    /// <summary>More marks than these on one letter cover what stands above and below it.</summary>
    private const int MaxMarks = 8;

    // The letters and signs of the Latin blocks, all of which are seen, and ends of lines.
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

    /// <summary>Whether a text of this character alone would show something.</summary>
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

    /// <summary>
    /// A name or title as it shows: on one line, without spaces around it or more than one between; empty if nothing of it
    /// shows.
    /// </summary>
    public static string Line(string? text) =>
        string.Join(' ', Lines(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>
    /// A text as it shows: without signs that are not seen or turn the direction of what stands beside them, but for those
    /// that an emoji or a script needs; without spaces around it; lines end in \n. Empty if nothing of it shows.
    /// </summary>
    public static string Lines(string? text)
    {
        if (text is null)
            return "";
        // Most texts have no other characters, and a message passes here on its way.
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

    /// <summary>
    /// A text on one line of at most so many characters: cut between words where there is one near, never within what
    /// people see as one character, and ended by an ellipsis that counts.
    /// </summary>
    public static string Cut(string text, int most)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= most)
            return line;
        var start = Begin(line, most - 1);
        var space = line.LastIndexOf(' ', start.Length);
        return (space > most / 2 ? line[..space] : start).TrimEnd(' ', ',', '.', ';', ':') + "…";
    }

    /// <summary>The beginning of a text of at most so many characters, never cut within what people see as one.</summary>
    public static string Begin(string text, int most)
    {
        if (text.Length <= most)
            return text;
        // Before a space one always ends.
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
                // Marks of direction, which end nothing and begin nothing.
                0x200E or 0x200F or 0x61C => turns,
                _ => IsNumberSign(rune),
            },
            UnicodeCategory.NonSpacingMark => !IsHidden(rune) && (!IsVariation(rune) || TakesVariation(before, rune)),
            _ => !IsBlank(rune) && !IsHidden(rune),
        };

    // A flag of a part of a country is spelled by tags: a black flag, its code and an end. Three are in use.
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

    // Between letters of scripts that join them: Arabic and its neighbours, and those of India and around it.
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

    /// <summary>Whether the letter is of a script that is written from right to left.</summary>
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

    // One after a sign that has several drawings; none after a letter of the alphabets, nor after another.
    private static bool TakesVariation(Rune before, Rune variation) =>
        variation.Value switch
        {
            0xFE0E or 0xFE0F => !Rune.IsLetter(before) && !Rune.IsWhiteSpace(before) && !IsMark(before),
            _ => before.Value >= 0x1000 && !IsMark(before),
        };

    // Signs under which a number is written in Arabic, Syriac and Kaithi: seen, though they are format characters.
    private static bool IsNumberSign(Rune rune) =>
        rune.Value is (>= 0x600 and <= 0x605) or 0x6DD or 0x70F or 0x890 or 0x891 or 0x8E2 or 0x110BD or 0x110CD;

    // Letters and signs by their category, and drawn as nothing.
    private static bool IsBlank(Rune rune) => rune.Value is 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0;

    // Ignored where they are drawn.
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
