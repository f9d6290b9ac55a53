using Marketplace.Web.Outbox;

namespace Marketplace.Web.Notifications.Push;

public static class PushSetup
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The name of a service is resolved again after this.</summary>
    private static readonly TimeSpan Connected = TimeSpan.FromMinutes(5);

    public static WebApplicationBuilder AddPush(this WebApplicationBuilder builder)
    {
        var settings = PushSettings.Read(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<VapidKeys>();
        builder.Services.AddSingleton<PushSender>();
        builder.Services.AddSingleton<PushRecord>();
        builder.Services.AddSingleton<PushLanes>();
        builder.Services.AddSingleton<PushWriter>();
        builder.Services.AddSingleton<IOutboxWorker, PushWorker>();
        builder.Services.AddScoped<PushService>();
        // Its loggers would write down endpoints, which are secrets.
        builder
            .Services.AddHttpClient(PushSender.Client, client => client.Timeout = Patience)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => Handler(settings))
            .AddHttpMessageHandler(() => new ShortAnswers());
        return builder;
    }

    // Without a proxy: it would connect to wherever it is told.
    private static SocketsHttpHandler Handler(PushSettings settings) =>
        new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = Connected,
            ConnectCallback = new PublicAddresses(settings).ConnectAsync,
        };
}
