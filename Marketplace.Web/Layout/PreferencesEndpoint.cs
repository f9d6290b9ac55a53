using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace Marketplace.Web.Layout;

internal static class PreferencesEndpoint
{
    private static readonly CookieOptions Kept = new()
    {
        MaxAge = TimeSpan.FromDays(365),
        SameSite = SameSiteMode.Lax,
        HttpOnly = true,
        IsEssential = true,
    };

    public static RedirectHttpResult Post(
        HttpContext http,
        [FromForm] string? theme,
        [FromForm] string? culture,
        [FromForm] string? returnUrl
    )
    {
        var cookies = http.Response.Cookies;
        if (theme is "light" or "dark")
            cookies.Append(ReaderPreferences.ThemeCookie, theme, Kept);
        else if (theme is not null)
            cookies.Delete(ReaderPreferences.ThemeCookie);
        if (LayoutSetup.Languages.Any(language => language.Code == culture))
            cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture!)),
                Kept
            );
        return TypedResults.LocalRedirect("~" + LocalUrl.OrHome(returnUrl));
    }
}
