using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Marketplace.Web.Api;

public static class ApiSetup
{
    public static WebApplicationBuilder AddApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.ConfigureHttpJsonOptions(options => Names(options.SerializerOptions));
        services
            .AddSignalR()
            // Of this hub only: circuits are a hub too.
            .AddHubOptions<ChatHub>(options => options.AddFilter<HubCallFilter>())
            .AddJsonProtocol(options => Names(options.PayloadSerializerOptions));
        // The last one of a name is the one that is used.
        services.AddSingleton<IHubProtocol, HubErrors>();
        services.AddOpenApi(options =>
            options.ShouldInclude = call => call.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true
        );
        return builder;
    }

    public static WebApplication UseApi(this WebApplication app)
    {
        app.UseMiddleware<OriginCheck>();
        return app;
    }

    public static IEndpointRouteBuilder MapApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api");
        AccountEndpoints.Map(api);
        ListingEndpoints.Map(api);
        RoomEndpoints.Map(api);
        SearchEndpoint.Map(api);
        app.MapHub<ChatHub>("/hubs/chat", options => options.CloseOnAuthenticationExpiration = true);
        app.MapOpenApi();
        return app;
    }

    /// <summary>Enumerations travel by name: a number would change its meaning with the order in the source.</summary>
    private static void Names(JsonSerializerOptions options) =>
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
}
