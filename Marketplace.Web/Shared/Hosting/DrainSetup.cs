using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Marketplace.Web.Shared.Hosting;

internal static class DrainSetup
{
    private const string Key = "Hosting:Drain";

    /// <summary>The default for a node that has others beside it: well within the 30 s that a stop is commonly given.</summary>
    private const int OfSeveral = 20;

    public static void AddDrain(this WebApplicationBuilder builder)
    {
        var isAlone = string.IsNullOrEmpty(builder.Configuration["Relay:Redis"]);
        var seconds = builder.Configuration.Number(Key, fallback: isAlone ? 0 : OfSeveral, least: 0, most: 300);
        builder.Services.AddSingleton(services =>
            ActivatorUtilities.CreateInstance<Drain>(services, TimeSpan.FromSeconds(seconds))
        );
        if (seconds > 0)
            builder.Services.AddSingleton<IHostLifetime, DrainLifetime>();
    }

    /// <summary>404 while draining: HAProxy (<c>disable-on-404</c>) then sends nobody new, and leaves who is here.</summary>
    public static Task AnswerReady(HttpContext http, HealthReport report)
    {
        if (report.Status is HealthStatus.Unhealthy || !IsDraining(http))
            return AnswerAsync(http, $"{report.Status}");
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return AnswerAsync(http, "Draining");
    }

    /// <summary>Pages ask it before they load themselves anew.</summary>
    public static Task AnswerLive(HttpContext http, HealthReport report)
    {
        LetGo(http);
        return AnswerAsync(http, $"{report.Status}");
    }

    /// <summary>While draining, ends what binds a browser to this node: the proxy's cookie (deploy/haproxy.cfg).</summary>
    public static void LetGo(HttpContext http)
    {
        if (!IsDraining(http))
            return;
        var name = http.RequestServices.GetRequiredService<CookieNames>().Of("node");
        http.Response.Cookies.Delete(
            name,
            new() { Secure = name.StartsWith("__Host-", StringComparison.Ordinal), HttpOnly = true }
        );
    }

    private static bool IsDraining(HttpContext http) => http.RequestServices.GetRequiredService<Drain>().HasBegun;

    private static Task AnswerAsync(HttpContext http, string text)
    {
        http.Response.ContentType = "text/plain";
        return http.Response.WriteAsync(text);
    }
}
