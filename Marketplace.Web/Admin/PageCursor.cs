using System.Globalization;

namespace Marketplace.Web.Admin;

/// <summary>Where a page of a list goes on, as its address says it.</summary>
internal static class PageCursor
{
    /// <summary>The number, or null for whatever is none: then the list begins at its beginning.</summary>
    public static long? Read(string? text) =>
        long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}
