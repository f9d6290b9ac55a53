using System.Text;
using Marketplace.Tests.Support;
using Marketplace.Web.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Outbox;

/// <summary>A mail that was asked for arrives, whatever happens to the site or the mail server meanwhile.</summary>
public sealed class MailOutboxTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("marketplace-");
    private readonly int port = SmtpHost.FreePort();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task It_waits_unreadable_through_an_outage_and_a_restart_and_arrives_once()
    {
        await using (var site = Site())
        {
            site.Services.GetRequiredService<MailSpool>().Send("ana@example.org", "Hola", "https://x/?code=secreto");
            await Eventually.TrueAsync(
                async () =>
                {
                    await using var db = site.Look();
                    return await db.Outbox.AnyAsync(entry => entry.Attempts > 0 && entry.LeaseId == null);
                },
                "it was tried once"
            );
            await using var waiting = site.Look();
            Assert.DoesNotContain("secreto", (await waiting.Outbox.SingleAsync()).Data);
            Assert.DoesNotContain("ana@example.org", (await waiting.Outbox.SingleAsync()).Data);
        }
        Assert.DoesNotContain(
            "secreto",
            Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "marketplace.db")))
        );
        await using var server = new SmtpHost(port: port);
        clock.Advance(TimeSpan.FromHours(1));
        await using var again = Site();
        await again.CreateClient().GetAsync("/health/live");
        await Eventually.TrueAsync(
            async () =>
            {
                await using var db = again.Look();
                return !server.Received.IsEmpty && !await db.Outbox.AnyAsync();
            },
            "it arrived and waits no more"
        );
        var (to, mail) = Assert.Single(server.Received);
        Assert.Equal(("ana@example.org", "Hola"), (to, mail.Subject));
    }

    private MarketplaceApp Site() =>
        new()
        {
            Folder = folder,
            KeepsFolder = true,
            Settings =
            {
                ["Smtp:Host"] = "127.0.0.1",
                ["Smtp:Port"] = $"{port}",
                ["Smtp:Tls"] = "None",
                ["Smtp:From"] = "tienda@example.org",
            },
            Beside = services => services.AddSingleton<TimeProvider>(clock),
        };
}
