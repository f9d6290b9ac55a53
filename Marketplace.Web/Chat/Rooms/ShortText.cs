using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>A line that a person writes beside the messages.</summary>
internal static class ShortText
{
    /// <summary>The text key of what is wrong; null if nothing is.</summary>
    public static string? Problem(string? text, int longest) =>
        text is null ? null
        // Much longer texts are rejected before the costly removal of invisible characters.
        : text.Length > 8 * longest || VisibleText.Line(text).Length > longest ? "Deal.TooLong"
        : text.Contains('\0') || !VisibleText.IsWellFormed(text) ? "Message.Unreadable"
        : null;

    /// <summary>As it is stored; null if nothing is left of it.</summary>
    public static string? Clean(string? text) => VisibleText.Line(text) is { Length: > 0 } line ? line : null;
}
