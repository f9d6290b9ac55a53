using Marketplace.Web.Outbox;

namespace Marketplace.Web.Mail;

public static class MailSetup
{
    public static WebApplicationBuilder AddMail(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(MailSettings.Read(builder.Configuration, builder.Environment));
        builder.Services.AddSingleton<MailSender>();
        builder.Services.AddSingleton<MailWorker>();
        builder.Services.AddSingleton<IOutboxWorker>(provider => provider.GetRequiredService<MailWorker>());
        builder.Services.AddSingleton<MailSpool>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<MailSpool>());
        builder.Services.AddSingleton<SiteAddress>();
        return builder;
    }
}
