namespace Marketplace.Web.Chat;

public static class ChatSetup
{
    public static WebApplicationBuilder AddChat(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(new MessageLimits(builder.Configuration));
        services.AddSingleton<RoomRegister>();
        services.AddSingleton<MessageJournal>();
        services.AddHostedService(provider => provider.GetRequiredService<MessageJournal>());
        services.AddScoped<ChatService>();
        services.AddScoped<InboxService>();
        return builder;
    }

    public static IEndpointRouteBuilder MapChat(this IEndpointRouteBuilder app)
    {
        app.MapPost("/listings/{id:long}/contact", ContactEndpoint.PostAsync);
        return app;
    }
}
