using System.Globalization;

namespace Marketplace.Web.Api;

/// <summary>A number in a query that may be missing or empty (<c>?before=&amp;limit=</c>); a word is an error.</summary>
public sealed record Optional(long? Value)
{
    public static bool TryParse(string? text, out Optional? number)
    {
        number = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        var isNumber = long.TryParse(text, CultureInfo.InvariantCulture, out var value);
        number = new(value);
        return isNumber;
    }
}

internal static class OptionalLimit
{
    /// <summary>How many rows: as asked, or the fallback, from 1 to the most.</summary>
    public static int Within(this Optional? asked, int fallback, int most) =>
        (int)Math.Clamp(asked?.Value ?? fallback, 1, most);
}
