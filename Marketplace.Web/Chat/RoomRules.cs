using System.Globalization;

namespace Marketplace.Web.Chat;

/// <summary>What a text must be to become a message. One pure function, used by every door.</summary>
internal static class RoomRules
{
    /// <summary>The text as it is stored, or the key of the sentence that says what is wrong with it.</summary>
    public static (string Body, string? Problem) Check(string? text)
    {
        var body = (text ?? "").Replace("\r\n", "\n").Trim();
        // A lone half of a surrogate pair or a NUL can't be stored the same on both databases.
        if (body.Contains('\0') || !IsWellFormed(body))
            return (body, "Message.Unreadable");
        return body.Length switch
        {
            _ when !body.Any(IsVisible) => (body, "Message.Empty"),
            > Message.LongestBody => (body, "Message.TooLong"),
            _ => (body, null),
        };
    }

    private static bool IsVisible(char character) =>
        char.GetUnicodeCategory(character)
            is not (
                UnicodeCategory.Format
                or UnicodeCategory.Control
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.NonSpacingMark
            );

    private static bool IsWellFormed(string text)
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
}
