using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Data.Journal;
using Marketplace.Web.Data.Search;
using Marketplace.Web.Outbox;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Marketplace.Web.Data;

public static class DataSetup
{
    public static WebApplicationBuilder AddData(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var settings = DatabaseSettings.Read(builder.Configuration, builder.Environment);
        services.AddSingleton(settings);
        services.AddSingleton(new WriteGate(oneAtATime: settings.Provider == DatabaseProvider.Sqlite));
        if (settings.Provider == DatabaseProvider.Sqlite)
            services.AddSqlite();
        else
            services.AddSqlServer();
        services.AddSingleton<WriteTransactions>();
        services.AddSingleton<JobLeases>();
        services.AddSingleton<INoticeWriter, EfNoticeWriter>();
        services.AddSingleton<MessageIndexing>();
        services.AddSingleton<Refolding>();
        services.AddSingleton<DatabaseStart>();
        services.AddScoped<DemoData>();
        services
            .AddHealthChecks()
            .AddDbContextCheck<MarketplaceDbContext>(tags: ["ready"])
            .AddCheck<WriteGateCheck>("writes", tags: ["ready"]);
        services.Configure<ExceptionHandlerOptions>(options =>
            options.StatusCodeSelector = exception =>
                TransientFaults.Passes(exception)
                    ? StatusCodes.Status503ServiceUnavailable
                    : StatusCodes.Status500InternalServerError
        );
        services.AddKeysInDatabase(KeyCertificates.Read(builder.Configuration, builder.Environment));
        return builder;
    }

    /// <summary>
    /// Migrates, and adds the demo data if <c>Demo:Seed</c> is set (the default in Development). Other processes that start
    /// wait until the answer is disposed.
    /// </summary>
    public static async Task<IAsyncDisposable> PrepareDataAsync(this WebApplication app)
    {
        var turn = await app.Services.GetRequiredService<DatabaseStart>().EnterAsync();
        try
        {
            await FillAsync(app);
            return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
    }

    public static void PrintWelcome(this WebApplication app) =>
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            Console.WriteLine($"Marketplace: {string.Join(", ", app.Urls)}");
            if (IsDemo(app) && app.Services.GetRequiredService<SecuritySettings>().AdmitsDemo)
                Console.WriteLine(
                    $"Demo accounts: ana{DemoData.Domain} (sells), bruno{DemoData.Domain} (buys), "
                        + $"{DemoData.Administrator} (administrator); password for all: {DemoData.Password}"
                );
        });

    private static async Task FillAsync(WebApplication app)
    {
        await app.Services.GetRequiredService<KeyProtection>().EnsureAsync();
        if (IsDemo(app))
        {
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<DemoData>().SeedAsync();
        }
        await app.Services.GetRequiredService<Refolding>().RunAsync();
        await app.Services.GetRequiredService<MessageIndexing>().CatchUpAsync();
    }

    private static bool IsDemo(WebApplication app) =>
        app.Configuration.Flag("Demo:Seed", fallback: app.Environment.IsDevelopment());

    private static void AddSqlite(this IServiceCollection services)
    {
        services.AddSingleton<IInterceptor, SqliteConnections>();
        services.AddSingleton<SqliteCheckpoints>();
        services.AddHostedService(provider => provider.GetRequiredService<SqliteCheckpoints>());
        services.AddSingleton<IDatabasePreparation, SqlitePreparation>();
        services.AddSingleton<IJournalStore, SqliteJournalStore>();
        services.AddSingleton<IMessageIndex, SqliteMessageIndex>();
        services.AddContext<SqliteMarketplaceDbContext>();
    }

    private static void AddSqlServer(this IServiceCollection services)
    {
        services.AddSingleton<IDatabasePreparation, SqlServerPreparation>();
        services.AddSingleton<IJournalStore, SqlServerJournalStore>();
        services.AddSingleton<IMessageIndex, SqlServerMessageIndex>();
        services.AddContext<SqlServerMarketplaceDbContext>();
    }

    private static void AddContext<T>(this IServiceCollection services)
        where T : MarketplaceDbContext
    {
        services.AddPooledDbContextFactory<T>(
            (provider, options) =>
            {
                provider.GetRequiredService<DatabaseSettings>().Use(options);
                options.AddInterceptors(provider.GetServices<IInterceptor>());
            }
        );
        services.AddSingleton<IDbContextFactory<MarketplaceDbContext>, Factory<T>>();
        // Only Identity's stores use a scoped context.
        services.AddScoped(provider =>
            provider.GetRequiredService<IDbContextFactory<MarketplaceDbContext>>().CreateDbContext()
        );
    }

    private static void AddKeysInDatabase(this IServiceCollection services, KeyCertificates certificates)
    {
        var protection = services.AddDataProtection().SetApplicationName("Marketplace");
        if (certificates.Current is { } current)
            protection.ProtectKeysWithCertificate(current);
        protection.UnprotectKeysWithAnyCertificate([.. certificates.Earlier]);
        services.AddSingleton<ProtectionKeyRepository>();
        services.AddSingleton<KeyProtection>();
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<ProtectionKeyRepository>((options, repository) => options.XmlRepository = repository);
    }

    private sealed class Factory<T>(IDbContextFactory<T> contexts) : IDbContextFactory<MarketplaceDbContext>
        where T : MarketplaceDbContext
    {
        public MarketplaceDbContext CreateDbContext() => contexts.CreateDbContext();
    }
}
