using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace Marketplace.Web.Shared.Hosting;

public static class HostingSetup
{
    private const string Health = "/health";

    public static WebApplicationBuilder AddHosting(this WebApplicationBuilder builder)
    {
        OwnFiles.Reserve();
        AddSharedSettings(builder.Configuration);
        // Serve the compressed build output in Development too; the default would send the sources uncompressed.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] ??= bool.FalseString;
        builder.AddLog();
        builder.Services.AddSingleton<DistributedContextPropagator, OwnTraces>();
        builder.Services.Configure<KestrelServerOptions>(options => options.AddServerHeader = false);
        builder.Services.AddSingleton(SiteSettings.Read(builder.Configuration));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.AddDrain();
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = ErrorAnswers.Explain);
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        builder.Services.AddHsts(options =>
        {
            options.MaxAge = TimeSpan.FromDays(365);
            options.IncludeSubDomains = builder.Configuration.Flag("Security:HstsSubdomains", fallback: false);
        });
        builder.Services.AddSingleton<CookieNames>();
        builder
            .Services.AddOptions<AntiforgeryOptions>()
            .Configure<CookieNames>((options, names) => options.Cookie.Name = names.Of("form"));
        builder.Services.AddCookiePolicy(options =>
            options.Secure = builder.Environment.IsDevelopment()
                ? CookieSecurePolicy.SameAsRequest
                : CookieSecurePolicy.Always
        );
        builder.AddRequestLimits();
        AddForwarding(builder);
        return builder;
    }

    public static WebApplication UseHosting(this WebApplication app)
    {
        app.Use(RefuseWhileStopping(app.Lifetime, app.Services.GetRequiredService<Drain>()));
        app.UseForwardedHeaders();
        app.UseMiddleware<HubToken>();
        app.UseRequestLines(quietPath: Health);
        app.UseMiddleware<SecurityHeaders>();
        app.UseCookiePolicy();
        app.UseMiddleware<SiteRedirects>();
        app.Use(AnswerHeadAsGet);
        app.UseErrorAnswers();
        if (!app.Environment.IsDevelopment())
            app.UseHsts().UseHttpsRedirection();
        // After the error handlers, which rerun the rest of the pipeline for their page.
        app.UseRouting();
        app.Use(LeaveSpan);
        app.UseRequestLimits();
        return app;
    }

    /// <summary>Returns the exit code: 1 if a background service ended the site, after which the framework stops it in peace.</summary>
    public static async Task<int> RunToEndAsync(this WebApplication app)
    {
        var background = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        await app.RunAsync();
        return background.Exists(service => service.ExecuteTask is { IsFaulted: true }) ? 1 : 0;
    }

    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks(
            $"{Health}/live",
            new HealthCheckOptions { Predicate = _ => false, ResponseWriter = DrainSetup.AnswerLive }
        );
        app.MapHealthChecks(
            $"{Health}/ready",
            new HealthCheckOptions
            {
                Predicate = check => check.Tags.Contains("ready"),
                ResponseWriter = DrainSetup.AnswerReady,
            }
        );
        return app;
    }

    // A closed circuit would reconnect at once and keep this process from ending.
    private static Func<HttpContext, RequestDelegate, Task> RefuseWhileStopping(
        IHostApplicationLifetime lifetime,
        Drain drain
    ) =>
        (http, next) =>
        {
            if (!http.Request.Path.StartsWithSegments(Health))
                drain.Serve();
            if (!lifetime.ApplicationStopping.IsCancellationRequested)
                return next(http);
            DrainSetup.LetGo(http);
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = "1";
            http.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        };

    // A socket outlives its request's span; each call would otherwise leave and re-enter it.
    private static Task LeaveSpan(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true })
            Activity.Current = null;
        return next(http);
    }

    // Link previews and probes send HEAD to any page; the server omits the body.
    private static Task AnswerHeadAsGet(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsHead(http.Request.Method))
            http.Request.Method = HttpMethods.Get;
        return next(http);
    }

    /// <summary>Adds the root settings, copied beside the assembly, first: all other sources override them.</summary>
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
            // The host filter runs before the forwarded host is read, and does not see it.
            options.AllowedHosts =
                builder.Configuration["AllowedHosts"]?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [];
        });
    }

    private static IPAddress Address(string text) =>
        IPAddress.TryParse(text, out var address)
            ? address
            : throw new SettingException("Proxy:Addresses", text, "IP addresses of the reverse proxies");
}
