namespace Marketplace.Web.Shared.Hosting;

/// <summary>Which site's page a request comes from, as browsers tell it.</summary>
internal static class RequestOrigin
{
    public static bool IsOurs(HttpRequest request) =>
        request
            .Headers.Origin.ToString()
            .Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a browser says that it is another site's; programs and old browsers say nothing.</summary>
    public static bool IsForeign(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site
            ? site is not ("same-origin" or "none")
            : request.Headers.Origin.Count > 0 && !IsOurs(request);
}
