using Microsoft.AspNetCore.Localization;

namespace Marketplace.Web.Shared;

/// <summary>What a reader's cookies say of how they want to read; anything unknown counts as not said.</summary>
public static class ReaderPreferences
{
    public const string ThemeCookie = "theme";
    public const string TimeZoneCookie = "tz";

    /// <summary>"light" or "dark"; null follows the system.</summary>
    public static string? Theme(IRequestCookieCollection cookies) =>
        cookies[ThemeCookie] is "light" or "dark" ? cookies[ThemeCookie] : null;

    /// <summary>The IANA time zone that the browser reported.</summary>
    public static string? TimeZone(IRequestCookieCollection cookies) => cookies[TimeZoneCookie];

    /// <summary>The chosen language, in the region that the browser names for it; null if none was chosen.</summary>
    public static ProviderCultureResult? Culture(HttpRequest request)
    {
        var chosen = CookieRequestCultureProvider.ParseCookieValue(
            request.Cookies[CookieRequestCultureProvider.DefaultCookieName] ?? ""
        );
        if (chosen is not { UICultures: [var language, ..] })
            return null;
        var region = request
            .GetTypedHeaders()
            .AcceptLanguage.Select(accepted => accepted.Value)
            .FirstOrDefault(
                accepted => accepted.StartsWith($"{language}-", StringComparison.OrdinalIgnoreCase),
                language
            );
        return new(region, language);
    }
}
