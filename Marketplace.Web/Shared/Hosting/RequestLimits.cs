using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.RateLimiting;

namespace Marketplace.Web.Shared.Hosting;

/// <summary><c>Limits:Enabled</c> switches the frequency off; the size of a body is bounded always.</summary>
internal static class RequestLimits
{
    private const int MaxPerMinute = 1_000_000;

    /// <summary>64 KiB: a message of 4,000 letters, escaped, takes half of it.</summary>
    private const long MaxCallSize = 64 * 1024;

    /// <summary>256 KiB: a form with a description of 4,000 letters of an alphabet that takes nine bytes each in a form.</summary>
    private const long MaxFormSize = 256 * 1024;

    /// <summary>A hash takes a tenth of a second of a core: who waits behind so many would wait for ten seconds.</summary>
    private const int MaxWaitingHashes = 100;

    /// <summary>An office or a mobile network may share one address.</summary>
    private const int UsualConnections = 1_000;

    public static void AddRequestLimits(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var isOn = configuration.Flag("Limits:Enabled", fallback: true);
        var connections = configuration.Number("Limits:Connections", UsualConnections, 0, MaxPerMinute);
        // Read now, so that a wrong value stops the start.
        foreach (var limit in configuration.GetSection("Limits").GetChildren().Where(limit => limit.Key != "Enabled"))
            configuration.Number(limit.Path, 0, 0, MaxPerMinute);
        builder.Services.AddSingleton<LimitBook>();
        builder.Services.AddSingleton<AddressLimits>();
        builder.Services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = SayWhen;
        });
        if (isOn)
            builder
                .Services.AddOptions<RateLimiterOptions>()
                .Configure<AddressLimits>(
                    (options, addresses) =>
                        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                            PartitionedRateLimiter.Create<HttpContext, string>(addresses.Of),
                            PartitionedRateLimiter.Create<HttpContext, string>(OfHashes),
                            PartitionedRateLimiter.Create<HttpContext, string>(http => OfConnections(http, connections))
                        )
                );
    }

    /// <summary>After routing: the endpoint says what it takes.</summary>
    public static void UseRequestLimits(this WebApplication app)
    {
        app.Use(BoundBody);
        app.UseRateLimiter();
    }

    // Half of the cores hash, and the messages of others have the rest.
    private static RateLimitPartition<string> OfHashes(HttpContext http) =>
        Limit(http) is { Hashes: true }
            ? RateLimitPartition.GetConcurrencyLimiter(
                "hashes",
                _ =>
                    new()
                    {
                        PermitLimit = Math.Max(1, Environment.ProcessorCount / 2),
                        QueueLimit = MaxWaitingHashes,
                        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
                    }
            )
            : RateLimitPartition.GetNoLimiter("");

    // The request of a socket lasts as long as the socket.
    private static RateLimitPartition<string> OfConnections(HttpContext http, int most) =>
        most > 0 && IsOfSockets(http) && !HttpMethods.IsPost(http.Request.Method)
            ? RateLimitPartition.GetConcurrencyLimiter(
                ClientNetwork.Of(http),
                _ => new() { PermitLimit = most, QueueLimit = 0 }
            )
            : RateLimitPartition.GetNoLimiter("");

    internal static int PerMinute(IConfiguration configuration, string name, int usual) =>
        configuration.Number($"Limits:{name}", usual, 0, MaxPerMinute);

    internal static LimitedAttribute? Limit(HttpContext http)
    {
        var limit = http.GetEndpoint()?.Metadata.GetMetadata<LimitedAttribute>();
        return limit is { Looks: true } || !HttpMethods.IsGet(http.Request.Method) ? limit : null;
    }

    private static ValueTask SayWhen(OnRejectedContext context, CancellationToken cancellation)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var time) ? time : TimeSpan.FromSeconds(1);
        context.HttpContext.Response.SayWhen(wait);
        return ValueTask.CompletedTask;
    }

    // Bounded before it is read. The sockets of hub and circuits have bounds of their own.
    private static Task BoundBody(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        // Also the page that says why the body was refused, which is made within the same request.
        if (HttpMethods.IsGet(request.Method))
            return next(http);
        // Nobody here sends them, and a small one may hold a large body.
        if (request.Headers.ContentEncoding.Count > 0)
            return Refuse(http, StatusCodes.Status415UnsupportedMediaType);
        if (IsOfSockets(http))
            return next(http);
        var most =
            http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize
            ?? (request.Path.StartsWithSegments("/api") ? MaxCallSize : MaxFormSize);
        if (request.ContentLength > most)
            return Refuse(http, StatusCodes.Status413PayloadTooLarge);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
            body.MaxRequestBodySize = most;
        return next(http);
    }

    private static bool IsOfSockets(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/_blazor") || http.Request.Path.StartsWithSegments("/hubs");

    private static Task Refuse(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
