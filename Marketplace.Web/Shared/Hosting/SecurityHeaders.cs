using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Routing;

namespace Marketplace.Web.Shared.Hosting;

/// <summary>Components set sizes by style attributes; only live pages allow style elements, of snackbars.</summary>
/// <remarks>The base is the site's own and not none, because Blazor resolves addresses by the base element.</remarks>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Common =
        "default-src 'self'; script-src 'self'; img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; "
        + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; ";

    private const string Policy = Common + "style-src 'self'; style-src-attr 'unsafe-inline'";
    private const string LivePolicy = Common + "style-src 'self' 'unsafe-inline'";

    public Task InvokeAsync(HttpContext http)
    {
        // Late, because error handlers clear headers set earlier.
        http.Response.OnStarting(SetAsync, http);
        return next(http);
    }

    private static Task SetAsync(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = IsLivePage(http) ? LivePolicy : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        return Task.CompletedTask;
    }

    private static bool IsLivePage(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
        && http.AcceptsInteractiveRouting();
}
