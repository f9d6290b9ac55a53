using Microsoft.Net.Http.Headers;

namespace Marketplace.Web.Shared.Hosting;

/// <summary>A forged host in redirects could poison a cache: left out where <c>Site:Url</c> is set.</summary>
internal sealed class SiteRedirects(RequestDelegate next, SiteSettings settings)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (settings.Url is { } site)
            http.Response.OnStarting(() =>
            {
                Rewrite(http, site);
                return Task.CompletedTask;
            });
        return next(http);
    }

    private static void Rewrite(HttpContext http, Uri site)
    {
        var headers = http.Response.GetTypedHeaders();
        // On Unix a path alone is an absolute address too, that of a file.
        if (headers.Location is not { IsAbsoluteUri: true, Scheme: "http" or "https" } location)
            return;
        var path = location.PathAndQuery + location.Fragment;
        // From http to https, the redirect has to name a host.
        http.Response.Headers[HeaderNames.Location] =
            location.Scheme == http.Request.Scheme ? path : $"https://{site.Authority}{path}";
    }
}
