using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
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

    public static IResult Post(
        HttpContext http,
        [FromForm] string? theme,
        [FromForm] string? culture,
        [FromForm] string? returnUrl
    )
    {
        if (RequestOrigin.IsForeign(http.Request))
            return Home(http);
        Keep(http.Response.Cookies, theme, culture);
        return TypedResults.LocalRedirect("~" + LocalUrl.OrHome(returnUrl));
    }

    // 303, so that the browser asks for the page and does not send the form again.
    private static StatusCodeHttpResult Home(HttpContext http)
    {
        http.Response.Headers.Location = "/";
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static void Keep(IResponseCookies cookies, string? theme, string? culture)
    {
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
    }
}
