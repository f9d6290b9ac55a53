using System.Globalization;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Api;

/// <summary>A query number that may be missing or empty (<c>?before=&amp;limit=</c>); other text is an error.</summary>
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
    /// <summary>Returns the requested limit, the fallback if there is none, or null if it is out of range.</summary>
    public static int? Within(this Optional? asked, int fallback, int most) =>
        asked?.Value is not { } rows ? fallback
        : rows >= 1 && rows <= most ? (int)rows
        : null;

    public static IResult LimitProblem(this IStringLocalizer<ApiTexts> texts, HttpContext http, int most) =>
        new Refusal(RefusalKind.Invalid, texts["Query.Limit", most]).Problem(http);
}
