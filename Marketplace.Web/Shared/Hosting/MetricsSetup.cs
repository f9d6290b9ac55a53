using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Marketplace.Web.Shared.Hosting;

public static class MetricsSetup
{
    /// <summary>The site's own, and the framework's that name no person: routes, not addresses.</summary>
    private static readonly string[] Meters =
    [
        "Marketplace",
        "Microsoft.AspNetCore.Components",
        "Microsoft.AspNetCore.Diagnostics",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Http.Connections",
        "Microsoft.AspNetCore.RateLimiting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "System.Runtime",
    ];

    /// <summary>Nothing listens to a meter where neither address is set.</summary>
    public static WebApplicationBuilder AddSiteMetrics(this WebApplicationBuilder builder)
    {
        var settings = MetricsSettings.Read(builder.Configuration);
        builder.Services.AddSingleton(settings);
        if (!settings.IsOn)
            return builder;
        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("marketplace"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters);
                if (settings.Otlp is { } collector)
                    metrics.AddOtlpExporter(options =>
                    {
                        options.Protocol = OtlpExportProtocol.HttpProtobuf;
                        options.Endpoint = new Uri(collector.AbsoluteUri.TrimEnd('/') + "/v1/metrics");
                    });
                if (settings.Prometheus is not null)
                    metrics.AddPrometheusExporter();
            });
        if (settings.Prometheus is not null)
        {
            builder.Services.AddSingleton<MetricsServer>();
            builder.Services.AddHostedService(provider => provider.GetRequiredService<MetricsServer>());
        }
        return builder;
    }
}
