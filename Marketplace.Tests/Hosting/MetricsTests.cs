using System.Net;
using Marketplace.Tests.Support;
using Marketplace.Web.Figures;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace Marketplace.Tests.Hosting;

public sealed class MetricsTests
{
    [Fact]
    public async Task The_port_of_metrics_answers_nothing_else_and_the_site_has_none()
    {
        await using var app = new MarketplaceApp();
        app.Settings["Metrics:Prometheus"] = "http://127.0.0.1:0";
        var (_, bruno, room) = await app.TalkAsync();
        await bruno.SaysAsync(room, "Hola");
        using var site = app.CreateClient();
        Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync("/metrics")).StatusCode);
        using var metrics = new HttpClient
        {
            BaseAddress = new(app.Services.GetRequiredService<MetricsServer>().Address),
        };
        foreach (var path in new[] { "/", "/admin", "/account/login", "/health/live", "/metrics/x" })
            Assert.Equal(HttpStatusCode.NotFound, (await metrics.GetAsync(path)).StatusCode);
        var text = await metrics.GetStringAsync("/metrics");
        Assert.Contains("marketplace_message_delivery_duration_seconds_count", text);
        Assert.Contains("marketplace_journal_waiting", text);
        // A label that names somebody.
        Assert.DoesNotMatch("(?i)Bruno|@test\\.local|Hola", text);
    }

    [Fact]
    public async Task A_collector_is_sent_them()
    {
        var taken = new TaskCompletionSource<string>();
        await using var collector = WebApplication.CreateEmptyBuilder(new()).AddKestrel().Build();
        collector.Run(http =>
        {
            taken.TrySetResult($"{http.Request.Method} {http.Request.Path} {http.Request.ContentType}");
            return Task.CompletedTask;
        });
        collector.Urls.Add("http://127.0.0.1:0");
        await collector.StartAsync();
        await using var app = new MarketplaceApp();
        app.Settings["Metrics:Otlp"] = collector.Urls.Single();
        app.Services.GetRequiredService<FigureTally>().Delivered(TimeSpan.FromMilliseconds(5));
        Assert.True(app.Services.GetRequiredService<MeterProvider>().ForceFlush());
        Assert.Equal("POST /v1/metrics application/x-protobuf", await taken.Task);
    }

    [Theory]
    [InlineData("Metrics:Prometheus", "9464")]
    [InlineData("Metrics:Prometheus", "https://127.0.0.1:9464")]
    [InlineData("Metrics:Prometheus", "http://127.0.0.1:9464/metrics")]
    [InlineData("Metrics:Otlp", "collector:4317")]
    public void A_wrong_address_stops_the_start(string key, string value) =>
        Assert.Contains(
            $"Configuration {key}: read '{value}'",
            Assert.Throws<SettingException>(() => MetricsSettings.Read(With(key, value))).Message
        );

    [Fact]
    public async Task Without_addresses_nobody_listens()
    {
        Assert.False(MetricsSettings.Read(With("Metrics:Otlp", " ")).IsOn);
        await using var app = new MarketplaceApp();
        Assert.Null(app.Services.GetService<MeterProvider>());
    }

    private static IConfiguration With(string key, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();
}

file static class CollectorSetup
{
    public static WebApplicationBuilder AddKestrel(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseKestrelCore();
        return builder;
    }
}
