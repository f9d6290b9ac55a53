namespace Marketplace.Web.Shared.Hosting;

/// <summary>Browsers put a WebSocket's token into the query: moved to the header before anything logs it.</summary>
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
