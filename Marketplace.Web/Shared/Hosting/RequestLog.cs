using System.Diagnostics;

namespace Marketplace.Web.Shared.Hosting;

/// <summary>
/// One line per request, with its trace id. Never the query: a token may travel there (<c>access_token</c> of the hub),
/// and is moved into the header before anything else sees it.
/// </summary>
internal sealed class RequestLog(RequestDelegate next, ILogger<RequestLog> log)
{
    private const string TokenKey = "access_token";

    public async Task InvokeAsync(HttpContext http)
    {
        HideToken(http.Request);
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            if (!http.Request.Path.StartsWithSegments("/health"))
                log.LogInformation(
                    "{Method} {Path} {Status} in {Milliseconds:0.0} ms",
                    http.Request.Method,
                    http.Request.Path.Value,
                    http.Response.StatusCode,
                    Stopwatch.GetElapsedTime(started).TotalMilliseconds
                );
        }
    }

    private static void HideToken(HttpRequest request)
    {
        if (!request.Path.StartsWithSegments("/hubs") || !request.Query.TryGetValue(TokenKey, out var token))
            return;
        request.Headers.Authorization = $"Bearer {token}";
        request.QueryString = QueryString.Create(request.Query.Where(pair => pair.Key != TokenKey));
    }
}
