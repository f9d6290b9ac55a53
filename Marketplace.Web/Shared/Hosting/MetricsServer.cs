using OpenTelemetry.Metrics;

namespace Marketplace.Web.Shared.Hosting;

/// <summary>
/// Answers <c>/metrics</c> and nothing else, on a server of its own: a port of the site's server would be told apart by
/// what a request says of itself.
/// </summary>
internal sealed class MetricsServer(MetricsSettings settings, MeterProvider meters, ILoggerFactory log) : IHostedService
{
    private const string Path = "/metrics";

    private WebApplication? server;

    /// <summary>Where it listens; a port 0 of the settings is a free one.</summary>
    public string Address => server!.Urls.Single();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.AddServerHeader = false);
        builder.Services.AddSingleton(log);
        server = builder.Build();
        server.Urls.Add(settings.Prometheus!.GetLeftPart(UriPartial.Authority));
        server.UseOpenTelemetryPrometheusScrapingEndpoint(meters, http => http.Request.Path == Path, null, null, null);
        server.Run(http =>
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        return server.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (server is not null)
            await server.StopAsync(cancellationToken);
    }
}
