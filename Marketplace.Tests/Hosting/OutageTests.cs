using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketplace.Tests.Hosting;

/// <summary>A database that nobody reaches, and a background service that fails all the same.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task No_background_service_ends_while_the_database_is_away()
    {
        var clock = new HandClock();
        await using var app = new MarketplaceApp
        {
            Beside = services => Replace(services, clock),
            // Without a setting, retention has nothing to do.
            Settings = { ["Retention:Messages"] = "3650" },
        };
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        var background = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        var database = app.Services.GetRequiredService<Away>();
        database.IsAway = true;
        // Each round lets those that try again give up, and begin another round.
        for (var round = 0; round < 30; round++)
        {
            var asked = database.Asked;
            clock.Advance(TimeSpan.FromHours(1));
            await Eventually.TrueAsync(() => database.Asked > asked, "somebody asked the database");
        }
        database.IsAway = false;
        Assert.All(background, service => Assert.False(service.ExecuteTask is { IsCompleted: true }, $"{service}"));
        Assert.Equal(1, (await bruno.SaysAsync(room, "¿Sigue ahí?")).Seq);
    }

    [Fact]
    public async Task While_the_database_is_away_all_are_asked_to_come_again_and_nobody_sees_an_error_of_ours()
    {
        var clock = new HandClock();
        await using var app = new MarketplaceApp { Beside = services => Replace(services, clock) };
        var (_, bruno, room) = await app.TalkAsync();
        using var program = await bruno.ClientAsync();
        using var visitor = SiteClient.Visitor(app);
        var database = app.Services.GetRequiredService<Away>();
        database.IsAway = true;
        app.Services.GetRequiredService<AccountStates>().Began(bruno.Id);
        foreach (var call in new[] { "/api/account/me", "/api/rooms", $"/api/rooms/{room}/messages", "/api/listings" })
        {
            var answer = await program.GetAsync(call);
            Assert.Equal((call, HttpStatusCode.ServiceUnavailable), (call, answer.StatusCode));
            Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal("busy", problem.GetProperty("code").GetString());
            Assert.Contains("Ahora mismo", problem.GetProperty("detail").GetString());
        }
        foreach (var page in new[] { "/", "/listings/1", "/people/1" })
        {
            var answer = await visitor.GetAsync(page);
            Assert.Equal((page, HttpStatusCode.ServiceUnavailable), (page, answer.StatusCode));
            Assert.Contains("Algo ha fallado", await answer.Content.ReadAsStringAsync());
        }
        database.IsAway = false;
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/rooms")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task A_site_that_a_background_service_ended_says_so_to_the_system()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHostedService<Failing>();
        await using var app = builder.Build();
        Assert.Equal(1, await app.RunToEndAsync().InTimeAsync("it ended"));
    }

    [Fact]
    public async Task One_that_was_asked_to_end_ends_in_peace()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(app.Lifetime.StopApplication);
        Assert.Equal(0, await app.RunToEndAsync().InTimeAsync("it ended"));
    }

    private static void Replace(IServiceCollection services, TimeProvider clock)
    {
        var inner = services.Last(one => one.ServiceType == typeof(IDbContextFactory<MarketplaceDbContext>));
        services.AddSingleton(clock);
        services.AddSingleton(provider => new Away(
            (IDbContextFactory<MarketplaceDbContext>)
                ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!)
        ));
        services.AddSingleton<IDbContextFactory<MarketplaceDbContext>>(provider => provider.GetRequiredService<Away>());
    }

    /// <summary>As if the database were a SQL Server that refuses connections.</summary>
    private sealed class Away(IDbContextFactory<MarketplaceDbContext> inner) : IDbContextFactory<MarketplaceDbContext>
    {
        private static readonly DbContextOptions<SqlServerMarketplaceDbContext> Refused =
            new DbContextOptionsBuilder<SqlServerMarketplaceDbContext>()
                .UseSqlServer("Server=127.0.0.1,1;Connect Timeout=1;Pooling=False")
                .Options;

        private int asked;

        public volatile bool IsAway;

        public int Asked => asked;

        public MarketplaceDbContext CreateDbContext()
        {
            if (!IsAway)
                return inner.CreateDbContext();
            Interlocked.Increment(ref asked);
            return new SqlServerMarketplaceDbContext(Refused);
        }
    }

    private sealed class Failing(IHostApplicationLifetime lifetime) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Delay(Timeout.Infinite, lifetime.ApplicationStarted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new InvalidOperationException("as asked");
        }
    }
}
