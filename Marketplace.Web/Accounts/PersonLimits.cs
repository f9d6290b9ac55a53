using System.Collections.Concurrent;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace Marketplace.Web.Accounts;

/// <summary>
/// Limits by person what <see cref="RequestLimits"/> limits by address, and how many circuits and hub connections one
/// opens: many addresses are no way around.
/// </summary>
public sealed class PersonLimits(IConfiguration configuration, LimitBook book)
{
    private const string Connections = "ConnectionsPerMinute";
    private const int UsualConnections = 30;

    private readonly bool isOn = configuration.Flag("Limits:Enabled", fallback: true);
    private readonly ConcurrentDictionary<string, Lazy<TokenBuckets<long>>> limits = new();

    /// <summary>Must follow authentication.</summary>
    public static async Task BoundAsync(HttpContext http, RequestDelegate next)
    {
        var services = http.RequestServices;
        if (
            Limit(http) is var (name, usual)
            && await services.GetRequiredService<CurrentUser>().FindAsync() is { } me
            && services.GetRequiredService<PersonLimits>().Take(name, usual, me.Id) is { } wait
        )
        {
            services.GetRequiredService<SecurityLog>().Write(SecurityEvent.LimitReached, me.Id);
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.SayWhen(wait);
            return;
        }
        await next(http);
    }

    /// <summary>Null if the person may; otherwise how long to wait.</summary>
    /// <param name="name">The setting <c>Limits:{name}</c>.</param>
    /// <param name="usual">How many a minute without the setting.</param>
    public TimeSpan? Take(string name, int usual, long userId) => isOn ? Of(name, usual).Take(userId) : null;

    private TokenBuckets<long> Of(string name, int usual) =>
        limits
            .GetOrAdd(
                name,
                _ =>
                {
                    var perMinute = RequestLimits.PerMinute(configuration, name, usual);
                    return new(() => book.Make<long>($"person {name}", perMinute, perMinute / 60.0));
                }
            )
            .Value;

    private static (string Name, int Usual)? Limit(HttpContext http) =>
        Opens(http) ? (Connections, UsualConnections)
        : RequestLimits.Limit(http) is { } limit ? (limit.Name, limit.Usual)
        : null;

    // A socket with an id continues what was negotiated; one without negotiates by itself.
    private static bool Opens(HttpContext http) =>
        http.GetEndpoint()?.Metadata is { } endpoint
        && (
            endpoint.GetMetadata<NegotiateMetadata>() is not null
            || (endpoint.GetMetadata<HubMetadata>() is not null && string.IsNullOrEmpty(http.Request.Query["id"]))
        );
}
