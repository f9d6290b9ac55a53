using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace Marketplace.Web.Accounts;

/// <summary>Limits how many circuits and hub connections one person opens a minute, from whatever addresses.</summary>
/// <param name="perMinute"><c>Limits:ConnectionsPerMinute</c>, all at once if need be; 0 turns the limit off.</param>
internal sealed class ConnectionLimits(int perMinute, TimeProvider clock)
{
    private readonly TokenBuckets<long> opened = new(perMinute, perMinute / 60.0, clock);

    public static ConnectionLimits Of(IConfiguration configuration, TimeProvider clock)
    {
        var perMinute = configuration.Number("Limits:ConnectionsPerMinute", 30, 0, 1_000_000);
        return new(configuration.Flag("Limits:Enabled", fallback: true) ? perMinute : 0, clock);
    }

    /// <summary>Must follow authentication.</summary>
    public static async Task BoundAsync(HttpContext http, RequestDelegate next)
    {
        var services = http.RequestServices;
        if (
            Opens(http)
            && await services.GetRequiredService<CurrentUser>().FindAsync() is { } me
            && services.GetRequiredService<ConnectionLimits>().opened.Take(me.Id) is { } wait
        )
        {
            services.GetRequiredService<SecurityLog>().Write(SecurityEvent.LimitReached, me.Id);
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.SayWhen(wait);
            return;
        }
        await next(http);
    }

    // A socket with an id continues what was negotiated; one without negotiates by itself.
    private static bool Opens(HttpContext http) =>
        http.GetEndpoint()?.Metadata is { } endpoint
        && (
            endpoint.GetMetadata<NegotiateMetadata>() is not null
            || (endpoint.GetMetadata<HubMetadata>() is not null && string.IsNullOrEmpty(http.Request.Query["id"]))
        );
}
