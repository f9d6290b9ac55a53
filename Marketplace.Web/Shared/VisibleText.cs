using System.Globalization;

namespace Marketplace.Web.Shared;

/// <summary>What of a text people can see. Pure.</summary>
public static class VisibleText
{
    // Letters by their category, and drawn as nothing.
    private const string Fillers = "\u115F\u1160\u2800\u3164\uFFA0";

    // Joins the parts of an emoji.
    private const char Joiner = '\u200D';

    /// <summary>Whether a text of this character alone would show something.</summary>
    public static bool IsVisible(char character) =>
        char.GetUnicodeCategory(character)
            is not (
                UnicodeCategory.Format
                or UnicodeCategory.Control
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.NonSpacingMark
            )
        && !Fillers.Contains(character);

    /// <summary>
    /// A name or title as it shows: without signs that break the line or turn the direction of what stands beside it, and
    /// without spaces around it; empty if nothing of it shows.
    /// </summary>
    public static string Line(string? text) =>
        text is null || !text.Any(IsVisible) ? "" : string.Concat(text.Where(BelongsToLine).Select(InLine)).Trim();

    /// <summary>
    /// A text on one line of at most so many characters: cut between words where there is one near, never within what
    /// people see as one character, and ended by an ellipsis that counts.
    /// </summary>
    public static string Cut(string text, int most)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= most)
            return line;
        var end = 0;
        for (int next; (next = end + StringInfo.GetNextTextElementLength(line, end)) < most; )
            end = next;
        var space = line.LastIndexOf(' ', end);
        return line[..(space > most / 2 ? space : end)].TrimEnd(' ', ',', '.', ';', ':') + "…";
    }

    private static bool BelongsToLine(char character) =>
        character == Joiner || char.GetUnicodeCategory(character) is not UnicodeCategory.Format;

    // What was pasted on two lines or with a tab stays two words.
    private static char InLine(char character) =>
        char.GetUnicodeCategory(character)
            is UnicodeCategory.Control
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            ? ' '
            : character;
}
