using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketplace.Web.Accounts;

internal static class LogoutEndpoint
{
    public static async Task<RedirectHttpResult> PostAsync(
        HttpContext http,
        IAntiforgery antiforgery,
        AccountSignIn signIn
    )
    {
        if (await antiforgery.IsRequestValidAsync(http))
        {
            await signIn.SignOutAsync();
            Clear(http);
        }
        return TypedResults.LocalRedirect("~/");
    }

    public static void Clear(HttpContext http) => http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
}
