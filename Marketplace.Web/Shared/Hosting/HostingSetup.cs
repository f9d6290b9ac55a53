using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace Marketplace.Web.Shared.Hosting;

/// <summary>Configuration, log, proxy, headers and health: what a host of any site needs.</summary>
public static class HostingSetup
{
    private const string Health = "/health";

    public static WebApplicationBuilder AddHosting(this WebApplicationBuilder builder)
    {
        AddSharedSettings(builder.Configuration);
        // Our files as they were built and compressed, also in development: the switch's default would send them whole.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] ??= bool.FalseString;
        builder.AddLog();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = ErrorAnswers.Explain);
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        builder.AddRequestLimits();
        AddForwarding(builder);
        return builder;
    }

    public static WebApplication UseHosting(this WebApplication app)
    {
        app.Use(RefuseWhileStopping(app.Lifetime));
        app.UseForwardedHeaders();
        app.UseMiddleware<HubToken>();
        app.UseRequestLines(quietPath: Health);
        app.UseMiddleware<SecurityHeaders>();
        app.Use(AnswerHeadAsGet);
        app.UseErrorAnswers();
        if (!app.Environment.IsDevelopment())
            app.UseHsts().UseHttpsRedirection();
        // After the error handlers, which ask for their page by running what follows once more.
        app.UseRouting();
        app.Use(LeaveSpan);
        app.UseRequestLimits();
        return app;
    }

    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks($"{Health}/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks(
            $"{Health}/ready",
            new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") }
        );
        return app;
    }

    // A circuit that was closed because we stop would come back at once, and keep this process from ending.
    private static Func<HttpContext, RequestDelegate, Task> RefuseWhileStopping(IHostApplicationLifetime lifetime) =>
        (http, next) =>
        {
            if (!lifetime.ApplicationStopping.IsCancellationRequested)
                return next(http);
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = "1";
            http.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        };

    // A socket stays open for hours and is no span of its request: each call of it would step out of that and back in.
    private static Task LeaveSpan(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true })
            Activity.Current = null;
        return next(http);
    }

    // A link preview or a probe asks for the head of any page; the server itself leaves the body out.
    private static Task AnswerHeadAsGet(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsHead(http.Request.Method))
            http.Request.Method = HttpMethods.Get;
        return next(http);
    }

    /// <summary>
    /// The settings that stand at the root of the repository lie beside the assembly: read first, so that everything else
    /// (environment, command line) overrides them, wherever the content root is.
    /// </summary>
    private static void AddSharedSettings(ConfigurationManager configuration) =>
        ((IConfigurationBuilder)configuration).Sources.Insert(
            0,
            new JsonConfigurationSource
            {
                Path = "appsettings.json",
                FileProvider = new PhysicalFileProvider(AppContext.BaseDirectory),
            }
        );

    private static void AddForwarding(WebApplicationBuilder builder)
    {
        var proxies = (builder.Configuration.GetSection("Proxy:Addresses").Get<string[]>() ?? [])
            .Select(Address)
            .ToList();
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders =
                proxies.Count == 0
                    ? ForwardedHeaders.None
                    : ForwardedHeaders.XForwardedFor
                        | ForwardedHeaders.XForwardedProto
                        | ForwardedHeaders.XForwardedHost;
            proxies.ForEach(options.KnownProxies.Add);
        });
    }

    private static IPAddress Address(string text) =>
        IPAddress.TryParse(text, out var address)
            ? address
            : throw new SettingException("Proxy:Addresses", text, "IP addresses of the reverse proxies");
}
