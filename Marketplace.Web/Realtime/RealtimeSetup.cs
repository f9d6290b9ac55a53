namespace Marketplace.Web.Realtime;

public static class RealtimeSetup
{
    public static WebApplicationBuilder AddRealtime(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Broadcaster>();
        return builder;
    }
}
