using System.IO.Compression;
using System.Text.RegularExpressions;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts.Archive;
using Marketplace.Web.Accounts.Closing;
using Marketplace.Web.Data;
using Marketplace.Web.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Accounts;

/// <summary>Ana sells a bicycle, Bruno has asked about it, and one of them leaves.</summary>
public abstract partial class LeavingTests : IAsyncLifetime
{
    protected const string Data = "/account/manage/data";
    protected const string Close = "/account/manage/data/delete";

    protected SmtpApp Site { get; } = new();
    protected Person Ana { get; private set; } = default!;
    protected Person Bruno { get; private set; } = default!;
    protected long Bike { get; private set; }
    protected long Room { get; private set; }

    private protected ClosedAccounts Closed => Site.App.Services.GetRequiredService<ClosedAccounts>();
    private protected ArchiveJob Archives => Site.App.Services.GetRequiredService<ArchiveJob>();

    public async Task InitializeAsync()
    {
        (Ana, Bruno) = (await Site.App.JoinAsync("Ana"), await Site.App.JoinAsync("Bruno"));
        Bike = await Ana.SellsAsync();
        Room = await Bruno.ContactsAsync(Bike);
        await Bruno.SaysAsync(Room, "¿Sigue a la venta?");
        await Ana.SaysAsync(Room, "Sí, llámame al 600 123 456");
    }

    public Task DisposeAsync() => Site.DisposeAsync().AsTask();

    protected Task<MarketplaceDbContext> DatabaseAsync() =>
        Site.App.Services.GetRequiredService<IDbContextFactory<MarketplaceDbContext>>().CreateDbContextAsync();

    protected async Task<HttpClient> SignInAsync(Person person)
    {
        var browser = Site.Visitor();
        await browser.SignInAsync(person);
        return browser;
    }

    /// <summary>Gives the person a phone, and settings and a language of their own.</summary>
    protected async Task HearAsync(Person person)
    {
        await using var db = await DatabaseAsync();
        var session = await db.Sessions.FirstAsync(one => one.UserId == person.Id);
        db.PushDevices.Add(
            new()
            {
                PersonId = person.Id,
                SessionId = session.Id,
                Endpoint = "https://push.example/secreto",
                Key = "digest",
                PublicKey = "llave",
                Secret = "secreto",
                Name = "Chrome · Android",
                AddedAt = session.StartedAt,
                ConfirmedAt = session.StartedAt,
            }
        );
        db.NotificationPreferences.Add(new() { UserId = person.Id, QuietDays = WeekDays.Friday | WeekDays.Saturday });
        var user = await db.Users.SingleAsync(one => one.Id == person.Id);
        (user.Culture, user.TimeZone) = ("en", "Asia/Tokyo");
        await db.SaveChangesAsync();
    }

    /// <summary>Erases the accounts that are due, and waits for the site's own round where that was faster.</summary>
    protected Task EraseAsync() =>
        Eventually.TrueAsync(
            async () =>
            {
                await Closed.EraseAsync(default);
                await using var db = await DatabaseAsync();
                return !await db.Users.AnyAsync(user => user.ClosedAt != null && user.ErasedAt == null);
            },
            "the closed accounts are erased"
        );

    protected static Task<HttpResponseMessage> CloseAsync(HttpClient browser) =>
        browser.SubmitAsync(Close, new() { ["_handler"] = "close" });

    protected static Task<HttpResponseMessage> AskAsync(HttpClient browser) =>
        browser.SubmitAsync(Data, new() { ["_handler"] = "archive" });

    /// <summary>Prepares what waits, and returns where the page says that the archive is.</summary>
    protected async Task<string> ReadyAsync(HttpClient browser)
    {
        string? link = null;
        await Eventually.TrueAsync(
            async () =>
            {
                await Archives.PrepareAsync();
                link = Link().Match(await browser.GetStringAsync(Data)) is { Success: true } found ? found.Value : null;
                return link is not null;
            },
            "the page has the archive"
        );
        return link!;
    }

    protected async Task<ZipArchive> ArchiveAsync(HttpClient browser)
    {
        await AskAsync(browser);
        return new(await (await browser.GetAsync(await ReadyAsync(browser))).Content.ReadAsStreamAsync());
    }

    [GeneratedRegex("/account/manage/data/archive/[0-9a-f-]{36}")]
    private static partial Regex Link();
}
