namespace Marketplace.Web.Shared.Hosting;

/// <summary>
/// Moves the hub's token (<c>access_token</c>) from the query, the only place where a browser can put it on a WebSocket, into
/// the header, before anything logs or keeps the address.
/// </summary>
internal sealed class HubToken(RequestDelegate next)
{
    private const string Key = "access_token";

    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if (request.Path.StartsWithSegments("/hubs") && request.Query.TryGetValue(Key, out var token))
        {
            request.Headers.Authorization = $"Bearer {token}";
            request.QueryString = QueryString.Create(request.Query.Where(pair => pair.Key != Key));
        }
        return next(http);
    }
}
