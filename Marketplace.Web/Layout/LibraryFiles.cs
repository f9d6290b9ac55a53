using MudBlazor;

namespace Marketplace.Web.Layout;

/// <summary>By plain addresses: the fingerprinted ones have no compressed variant (638 instead of 42 KB).</summary>
public static class LibraryFiles
{
    private static readonly string Version = typeof(MudTheme).Assembly.GetName().Version!.ToString(3);

    public static string Styles { get; } = $"_content/MudBlazor/MudBlazor.min.css?v={Version}";

    public static string Script { get; } = $"_content/MudBlazor/MudBlazor.min.js?v={Version}";

    internal static Task KeepVersioned(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments("/_content") && http.Request.Query.ContainsKey("v"))
            http.Response.OnStarting(() =>
            {
                if (http.Response.StatusCode == StatusCodes.Status200OK)
                    http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Task.CompletedTask;
            });
        return next(http);
    }
}
