using Microsoft.AspNetCore.Localization;

namespace Marketplace.Web.Shared;

public static class ReaderPreferences
{
    public const string ThemeCookie = "theme";
    public const string TimeZoneCookie = "tz";

    public static string? Theme(IRequestCookieCollection cookies) =>
        cookies[ThemeCookie] is "light" or "dark" ? cookies[ThemeCookie] : null;

    public static string? TimeZone(IRequestCookieCollection cookies) => cookies[TimeZoneCookie];

    /// <summary>The chosen language with the browser's region for it; null if none was chosen.</summary>
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
