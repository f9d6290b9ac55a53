using System.Net;
using Marketplace.Web.Mail;
using Marketplace.Web.Outbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Marketplace.Tests.Support;

/// <summary>
/// The site with a mail server and a clock that is set by hand; each client names the address that it comes from.
/// </summary>
public sealed class SmtpApp : IAsyncDisposable
{
    private const string From = "X-Test-From";

    private readonly SmtpHost server;
    private readonly string tls;
    private readonly TimeSpan? patience;

    /// <param name="patience">How long the site waits for the mail server, by the machine's clock.</param>
    public SmtpApp(SmtpHost? server = null, string tls = "None", TimeSpan? patience = null)
    {
        (this.server, this.tls, this.patience) = (server ?? new(), tls, patience);
        // Browsers and clients drop cookies that are expired by the machine's clock.
        Clock.Set(DateTimeOffset.UtcNow - Clock.GetUtcNow());
        App = Process(Directory.CreateTempSubdirectory("marketplace-"), keepsFolder: false);
    }

    public HandClock Clock { get; } = new();

    public MarketplaceApp App { get; }

    public SmtpHost Server => server;

    /// <summary>A second process on the same database.</summary>
    public MarketplaceApp Another() => Process(App.Folder, keepsFolder: true);

    /// <summary>Lets time pass, and waits until all that is due has been told.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        App.Services.GetRequiredService<OutboxSignal>().Wake();
        await Eventually.TrueAsync(
            async () =>
            {
                await using var db = App.Look();
                var now = Clock.GetUtcNow().UtcDateTime;
                return !await db.Outbox.AnyAsync(entry => entry.DueAt <= now || entry.LeaseId != null);
            },
            "all that is due is told"
        );
    }

    /// <summary>Waits until so many notices of the person have this outcome by mail.</summary>
    public Task SettledAsync(Person person, NoticeOutcome outcome, int count) =>
        Eventually.TrueAsync(
            async () =>
            {
                await using var db = App.Look();
                return await db.Notices.CountAsync(one => one.PersonId == person.Id && one.Mail == outcome) == count;
            },
            $"{count} notices are {outcome}"
        );

    /// <summary>A browser in a network of its own.</summary>
    public HttpClient Visitor(string address = "198.51.100.1")
    {
        var client = SiteClient.Visitor(App);
        Move(client, address);
        return client;
    }

    /// <summary>Lets a browser go on from another network.</summary>
    public static void Move(HttpClient client, string address)
    {
        client.DefaultRequestHeaders.Remove(From);
        client.DefaultRequestHeaders.Add(From, address);
    }

    /// <summary>Waits for a mail to this address with a link below this path, and returns the link's path and query.</summary>
    public async Task<string> LinkAsync(string to, string path)
    {
        string? link = null;
        await Eventually.TrueAsync(
            () =>
                (link = Mails(to).Select(mail => Link(mail, path)).LastOrDefault(found => found is not null))
                    is not null,
            $"{to} got a mail with a link to {path}"
        );
        return link!;
    }

    public IEnumerable<MimeMessage> Mails(string to) =>
        server.Received.Where(one => one.To == to).Select(one => one.Mail);

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await server.DisposeAsync();
    }

    private MarketplaceApp Process(DirectoryInfo folder, bool keepsFolder) =>
        new()
        {
            Folder = folder,
            KeepsFolder = keepsFolder,
            Settings =
            {
                ["Limits:Enabled"] = "true",
                ["Limits:SignIn"] = "0",
                ["Limits:Register"] = "0",
                ["Limits:Recover"] = "0",
                ["Site:Url"] = "https://tienda.example",
                ["Smtp:Host"] = "127.0.0.1",
                ["Smtp:Port"] = $"{server.Port}",
                ["Smtp:Tls"] = tls,
                ["Smtp:From"] = "tienda@example.org",
            },
            Beside = services =>
                services
                    .AddSingleton<TimeProvider>(Clock)
                    .AddSingleton<IStartupFilter, Addresses>()
                    .AddSingleton(provider => new MailSender(
                        provider.GetRequiredService<MailSettings>(),
                        provider.GetRequiredService<ILogger<MailSender>>(),
                        (_, certificate, _, _) => certificate?.GetCertHashString() == SmtpHost.Thumbprint,
                        patience
                    )),
        };

    private static string? Link(MimeMessage mail, string path) =>
        mail.TextBody!.Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.StartsWith($"https://tienda.example{path}", StringComparison.Ordinal))
            .Select(line => new Uri(line).PathAndQuery)
            .FirstOrDefault();

    private sealed class Addresses : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Use(
                    (http, rest) =>
                    {
                        if (IPAddress.TryParse(http.Request.Headers[From], out var address))
                            http.Connection.RemoteIpAddress = address;
                        return rest(http);
                    }
                );
                next(app);
            };
    }
}
