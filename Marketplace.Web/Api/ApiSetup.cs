using System.Text.Json;
using System.Text.Json.Serialization;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Net.Http.Headers;

namespace Marketplace.Web.Api;

public static class ApiSetup
{
    public static WebApplicationBuilder AddApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.ConfigureHttpJsonOptions(options =>
        {
            Names(options.SerializerOptions);
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services
            .AddSignalR()
            .AddHubOptions<ChatHub>(options =>
            {
                options.AddFilter<HubCallFilter>();
                options.AddFilter<LeavingHubFilter>();
            })
            .AddJsonProtocol(options => Names(options.PayloadSerializerOptions));
        services.AddSingleton<IHubProtocol, HubErrors>();
        // Must be a lambda: with a method group, the generator leaves out the XML documentation.
        services.AddOpenApi(options => ApiDocument.Configure(options));
        return builder;
    }

    public static WebApplication UseApi(this WebApplication app)
    {
        app.UseMiddleware<OriginCheck>();
        app.Use(RefuseCharset);
        app.Use(KeepNothing);
        return app;
    }

    public static IEndpointRouteBuilder MapApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").WithMetadata(new LimitedAttribute("Calls", 3_000) { Looks = true });
        AccountEndpoints.Map(api);
        BlockEndpoints.Map(api);
        ReportEndpoints.Map(api);
        PushEndpoints.Map(api);
        ListingEndpoints.Map(api);
        RoomEndpoints.Map(api);
        DealEndpoints.Map(api);
        RatingEndpoints.Map(api);
        MessageEndpoints.Map(api);
        NotificationEndpoints.Map(api);
        app.MapHub<ChatHub>("/hubs/chat", options => options.CloseOnAuthenticationExpiration = true);
        app.MapOpenApi();
        if (app.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
            ApiReference.Map(app);
        return app;
    }

    // JSON is UTF-8 (RFC 8259); the framework throws on charsets it does not know.
    private static Task RefuseCharset(HttpContext http, RequestDelegate next)
    {
        if (
            !http.Request.Path.StartsWithSegments("/api")
            || !MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            || !type.Charset.HasValue
            || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        )
            return next(http);
        http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return Task.CompletedTask;
    }

    // API responses are private and may change at any time.
    private static Task KeepNothing(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments("/api"))
            http.Response.Headers.CacheControl = "no-store";
        return next(http);
    }

    private static void Names(JsonSerializerOptions options) =>
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
}
