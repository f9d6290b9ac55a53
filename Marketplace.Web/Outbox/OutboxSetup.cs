namespace Marketplace.Web.Outbox;

public static class OutboxSetup
{
    public static WebApplicationBuilder AddOutbox(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(NoticeSettings.Of(builder.Configuration));
        builder.Services.AddSingleton<OutboxSignal>();
        builder.Services.AddSingleton<Notifier>();
        builder.Services.AddSingleton<OutboxDispatcher>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<OutboxDispatcher>());
        return builder;
    }
}
