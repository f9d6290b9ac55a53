using Marketplace.Web.Accounts;
using Marketplace.Web.Shared.Hosting;

namespace Marketplace.Web.Api;

/// <summary>
/// Requires the site's own <c>Origin</c> on calls that a cookie authenticates, because browsers send the cookie with
/// requests of other sites too. Bearer tokens need no such check.
/// </summary>
internal sealed class OriginCheck(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (!IsGuarded(http.Request) || !IsByCookie(http) || IsOurs(http.Request))
            return next(http);
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool IsGuarded(HttpRequest request) =>
        request.Path.StartsWithSegments("/api")
        || request.Path.StartsWithSegments("/hubs")
        || request.Path.StartsWithSegments("/_blazor");

    private static bool IsByCookie(HttpContext http) =>
        http.User.Identity?.IsAuthenticated == true && !AccountSetup.CarriesToken(http.Request);

    private static bool IsOurs(HttpRequest request) =>
        string.IsNullOrEmpty(request.Headers.Origin)
            ? HttpMethods.IsGet(request.Method) && !request.Headers.Upgrade.Contains("websocket")
            : RequestOrigin.IsOurs(request);
}
