namespace Marketplace.Web.Accounts.Archive;

internal static class ArchiveSetup
{
    public static IServiceCollection AddArchives(this IServiceCollection services) =>
        services
            .AddSingleton<ArchiveWriter>()
            .AddSingleton<ArchiveQueue>()
            .AddSingleton<ArchiveJob>()
            .AddHostedService(provider => provider.GetRequiredService<ArchiveJob>())
            .AddScoped<ArchiveService>();
}
