using Marketplace.Web.Realtime.Relay;

namespace Marketplace.Web.Realtime;

public static class RealtimeSetup
{
    public static WebApplicationBuilder AddRealtime(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Broadcaster>();
        builder.Services.AddSingleton<RelayState>();
        if (RelaySettings.Read(builder.Configuration) is { } settings)
        {
            builder.Services.AddSingleton(settings);
            builder.Services.AddHostedService<RedisRelay>();
            builder.Services.AddHostedService<LimitExchange>();
            builder.Services.AddHealthChecks().AddCheck<RelayCheck>("relay", tags: ["ready"]);
        }
        return builder;
    }
}
