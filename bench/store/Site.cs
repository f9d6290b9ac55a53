using System.Security.Claims;
using Marketplace.Web.Accounts;
using Marketplace.Web.Accounts.Sessions;
using Marketplace.Web.Admin;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Data;
using Marketplace.Web.Figures;
using Marketplace.Web.Files;
using Marketplace.Web.Layout;
using Marketplace.Web.Listings;
using Marketplace.Web.Mail;
using Marketplace.Web.Notifications;
using Marketplace.Web.Outbox;
using Marketplace.Web.Realtime;
using Marketplace.Web.Safety;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Bench.Store;

/// <summary>The product's services on one database file, without its web server.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly WebApplication app;

    private Site(WebApplication app) => this.app = app;

    public static async Task<Site> OpenAsync(string file)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Database:Provider"] = "Sqlite";
        builder.Configuration["ConnectionStrings:Marketplace"] = $"Data Source={file}";
        builder.Configuration["Limits:Enabled"] = "false";
        builder.Configuration["Logging:LogLevel:Default"] = "Warning";
        builder.Services.AddLocalization();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddHosting();
        builder.AddData();
        builder.AddFigures();
        builder.AddFiles();
        builder.AddOutbox();
        builder.AddMail();
        builder.AddRealtime();
        builder.AddPages();
        builder.AddAccounts();
        builder.AddSafety();
        builder.AddListings();
        builder.AddChat();
        builder.AddNotifications();
        builder.AddAdmin();
        var app = builder.Build();
        await (await app.PrepareDataAsync()).DisposeAsync();
        await SignInAsync(app);
        await app.Services.GetRequiredService<MessageJournal>().StartAsync(default);
        return new Site(app);
    }

    /// <summary>Creates the scoped services of one of the <see cref="Seed.Readers"/>, as in a circuit.</summary>
    public IServiceProvider As(long userId)
    {
        var scope = app.Services.CreateScope();
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, $"{userId}"), new("sid", $"{SessionOf(userId)}")],
            "bench"
        );
        scope.ServiceProvider.GetRequiredService<CurrentUser>().ActAs(new ClaimsPrincipal(identity));
        return scope.ServiceProvider;
    }

    private static Guid SessionOf(long userId) => new((int)userId, 0, 0, new byte[8]);

    private static async Task SignInAsync(WebApplication app)
    {
        await using var db = await app
            .Services.GetRequiredService<IDbContextFactory<MarketplaceDbContext>>()
            .CreateDbContextAsync();
        var now = DateTime.UtcNow;
        await db.Sessions.ExecuteDeleteAsync();
        // An empty database has none of them yet.
        var readers = await db
            .Users.Where(user => Seed.Readers.Contains(user.Id))
            .Select(user => user.Id)
            .ToListAsync();
        db.Sessions.AddRange(
            readers.Select(id => new SignInSession
            {
                Id = SessionOf(id),
                UserId = id,
                Stamp = Seed.Stamp,
                StartedAt = now,
                SeenAt = now,
                EndsAt = now.AddDays(1),
            })
        );
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.Services.GetRequiredService<MessageJournal>().StopAsync(default);
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }
}
