using System.Globalization;
using System.Text;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Messages;

/// <summary>Puts a mask in the place of a part of a text, wherever it stands as whole characters of a reader.</summary>
internal static class MaskedText
{
    /// <summary>Case does not count. Without anything visible in the part, the text is as it was.</summary>
    public static string Of(string text, string part, string mask)
    {
        if (VisibleText.Line(part).Length == 0)
            return text;
        var (edges, masked, from) = (Edges(text), new StringBuilder(), 0);
        for (var at = Next(text, part, 0); at >= 0; )
        {
            var end = at + part.Length;
            if (edges.Contains(at) && edges.Contains(end))
            {
                masked.Append(text, from, at - from).Append(mask);
                from = end;
                at = Next(text, part, end);
            }
            else
                at = Next(text, part, at + 1);
        }
        return masked.Append(text, from, text.Length - from).ToString();
    }

    private static int Next(string text, string part, int from) =>
        from > text.Length ? -1 : text.IndexOf(part, from, StringComparison.OrdinalIgnoreCase);

    private static HashSet<int> Edges(string text) => [.. StringInfo.ParseCombiningCharacters(text), text.Length];
}
