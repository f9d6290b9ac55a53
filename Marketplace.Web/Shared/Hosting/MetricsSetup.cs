using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

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
        var telemetry = builder
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
        if (settings is { Otlp: { } traces, Traced: > 0 })
            telemetry.WithTracing(tracing =>
                tracing
                    .AddSource(SiteTraces.Name)
                    .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(settings.Traced / 1_000.0)))
                    .AddOtlpExporter(options =>
                    {
                        options.Protocol = OtlpExportProtocol.HttpProtobuf;
                        options.Endpoint = new Uri(traces.AbsoluteUri.TrimEnd('/') + "/v1/traces");
                    })
            );
        if (settings.Prometheus is not null)
        {
            builder.Services.AddSingleton<MetricsServer>();
            builder.Services.AddHostedService(provider => provider.GetRequiredService<MetricsServer>());
        }
        return builder;
    }
}
