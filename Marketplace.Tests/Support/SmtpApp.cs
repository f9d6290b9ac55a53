using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Marketplace.Tests.Support;

/// <summary>
/// The site with a mail server and a clock that is set by hand; each client names the address that it comes from.
/// </summary>
public sealed class SmtpApp : IAsyncDisposable
{
    private const string From = "X-Test-From";

    private readonly SmtpHost server = new();

    public SmtpApp()
    {
        // Browsers and clients drop cookies that are expired by the machine's clock.
        Clock.Set(DateTimeOffset.UtcNow - Clock.GetUtcNow());
        App = new()
        {
            Settings =
            {
                ["Limits:Enabled"] = "true",
                ["Limits:SignIn"] = "0",
                ["Limits:Register"] = "0",
                ["Limits:Recover"] = "0",
                ["Site:Url"] = "https://tienda.example",
                ["Smtp:Host"] = "127.0.0.1",
                ["Smtp:Port"] = $"{server.Port}",
                ["Smtp:Tls"] = "None",
                ["Smtp:From"] = "tienda@example.org",
            },
            Beside = services => services.AddSingleton<TimeProvider>(Clock).AddSingleton<IStartupFilter, Addresses>(),
        };
    }

    public HandClock Clock { get; } = new();

    public MarketplaceApp App { get; }

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
