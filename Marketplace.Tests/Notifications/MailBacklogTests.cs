using System.Diagnostics;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Mail;
using Marketplace.Web.Notifications;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace Marketplace.Tests.Notifications;

/// <summary>What waits for many people reaches each of them, whatever ends or doubles the process that tells it.</summary>
public sealed class MailBacklogTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan Ten = TimeSpan.FromMinutes(10);

    /// <summary>People, with ten notices each.</summary>
    private static readonly int Waiting = Soak.Setting("MARKETPLACE_SOAK_WAITING", 100);

    private readonly SmtpApp site = new();

    private OutboxDispatcher Dispatcher => site.App.Services.GetRequiredService<OutboxDispatcher>();

    public Task InitializeAsync() => Dispatcher.StopAsync(default);

    public Task DisposeAsync() => site.DisposeAsync().AsTask();

    [Fact]
    public async Task What_waits_at_the_start_reaches_each_person_in_one_mail()
    {
        var people = await site.AwaitMailsAsync(people: Waiting, each: 10);
        site.Clock.Advance(Ten);
        await using var started = site.Another();
        var watch = Stopwatch.StartNew();
        await started.CreateClient().GetAsync("/health/live");
        await DrainedAsync();
        output.WriteLine($"Drained in {watch.Elapsed}");
        Assert.Equal(people.Order(), site.Server.Received.Select(one => one.To).Order());
        Assert.All(
            site.Server.Received,
            one => Assert.Equal("Ana te ha escrito sobre «Bicicleta eléctrica»", one.Mail.Subject)
        );
        Assert.Equal(10 * Waiting, await SentAsync());
    }

    [Fact]
    public async Task Two_processes_send_each_person_one_mail()
    {
        var people = await site.AwaitMailsAsync(people: 100, each: 2);
        site.Clock.Advance(Ten);
        await using var first = site.Another();
        await using var second = site.Another();
        await Task.WhenAll(
            first.CreateClient().GetAsync("/health/live"),
            second.CreateClient().GetAsync("/health/live")
        );
        await DrainedAsync();
        Assert.Equal(people.Order(), site.Server.Received.Select(one => one.To).Order());
        Assert.Equal(200, await SentAsync());
    }

    [Fact]
    public async Task A_hundred_kills_after_the_server_took_a_mail_lose_none_and_repeat_only_the_same_one()
    {
        var people = await site.AwaitMailsAsync(people: 80, each: 1);
        await AskAsync(80);
        site.Clock.Advance(Ten);
        var moments = new Random(20261129);
        for (var kill = 0; kill < 100; kill++)
        {
            await LiveAndDieAsync(afterMails: moments.Next(1, 4));
            site.Clock.Advance(OutboxDispatcher.Lease + TimeSpan.FromSeconds(1));
        }
        site.Server.BeforeAnswer = _ => Task.CompletedTask;
        await Dispatcher.StartAsync(default);
        await DrainedAsync();
        Assert.Equal(80, await SentAsync());
        var byPerson = site.Server.Received.ToLookup(one => one.To, one => one.Mail.MessageId);
        Assert.Equal(people.Concat(Asked(80)).Order(), byPerson.Select(one => one.Key).Order());
        Assert.All(byPerson, mails => Assert.Single(mails.Distinct()));
        Assert.InRange(site.Server.Received.Count, 160 + 100, int.MaxValue);
    }

    [Fact]
    public async Task Who_has_more_unread_than_one_mail_takes_is_told_of_the_rest_in_the_next()
    {
        await site.AwaitMailsAsync(people: 1, each: 501);
        await Dispatcher.StartAsync(default);
        await site.PassAsync(Ten);
        Assert.Equal(500, await SentAsync());
        await site.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(501, await SentAsync());
        Assert.Equal(2, site.Server.Received.Count);
    }

    [Fact]
    public async Task What_waits_while_the_clock_is_set_back_an_hour_is_told_once()
    {
        await site.AwaitMailsAsync(people: 2, each: 1);
        await using (var db = site.App.Look())
            await db
                .Outbox.Where(entry => entry.Id == db.Outbox.Max(one => one.Id))
                .ExecuteUpdateAsync(entry =>
                    entry
                        .SetProperty(one => one.LeaseId, Guid.NewGuid())
                        .SetProperty(
                            one => one.LeasedUntil,
                            site.Clock.GetUtcNow().UtcDateTime + OutboxDispatcher.Lease
                        )
                );
        site.Clock.Set(TimeSpan.FromHours(-1));
        await Dispatcher.StartAsync(default);
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromHours(4); passed += Ten)
        {
            site.Clock.Advance(Ten);
            site.App.Services.GetRequiredService<OutboxSignal>().Wake();
        }
        await DrainedAsync();
        Assert.Equal(2, await SentAsync());
        Assert.Equal(2, site.Server.Received.Count);
    }

    [Fact]
    public async Task Who_was_here_before_the_clock_was_set_back_is_told_of_what_came_since()
    {
        await Dispatcher.StartAsync(default);
        var (ana, bruno, room) = await site.App.TalkAsync();
        await using (var db = site.App.Look())
        {
            db.LastSeen.Add(new LastSeen { UserId = ana.Id, At = site.Clock.GetUtcNow().UtcDateTime });
            await db.SaveChangesAsync();
        }
        site.Clock.Set(TimeSpan.FromHours(-1));
        await bruno.SaysAsync(room, "uno");
        await site.PassAsync(Ten);
        await site.SettledAsync(ana, NoticeOutcome.Sent, 1);
        await site.PassAsync(TimeSpan.FromHours(3));
        Assert.Single(site.Mails(ana.Email));
    }

    private async Task LiveAndDieAsync(int afterMails)
    {
        var database = new MortalDatabase(
            site.App.Services.GetRequiredService<IDbContextFactory<MarketplaceDbContext>>()
        );
        var dead = new TaskCompletionSource();
        site.Server.BeforeAnswer = _ =>
        {
            if (Interlocked.Decrement(ref afterMails) == 0)
            {
                database.IsDead = true;
                dead.SetResult();
            }
            return Task.CompletedTask;
        };
        using var process = Process(database);
        await process.StartAsync(default);
        await dead.Task.InTimeAsync("the process was killed");
        await process.StopAsync(default);
    }

    private OutboxDispatcher Process(MortalDatabase database)
    {
        var services = site.App.Services;
        var transactions = ActivatorUtilities.CreateInstance<WriteTransactions>(services, database);
        return new(
            [
                ActivatorUtilities.CreateInstance<NoticeWorker>(services, database, transactions),
                services.GetRequiredService<MailWorker>(),
            ],
            new(),
            database,
            transactions,
            site.Clock,
            NullLogger<OutboxDispatcher>.Instance
        );
    }

    private async Task AskAsync(int count)
    {
        await using var db = site.App.Look();
        var worker = site.App.Services.GetRequiredService<MailWorker>();
        var now = site.Clock.GetUtcNow().UtcDateTime;
        db.Outbox.AddRange(Asked(count).Select(to => worker.Entry(new(to, "Contraseña nueva", "Hola"), now)));
        await db.SaveChangesAsync();
    }

    private static IEnumerable<string> Asked(int count) => Enumerable.Range(0, count).Select(i => $"{i}@asks.test");

    private Task DrainedAsync() =>
        Eventually.TrueAsync(
            async () =>
            {
                await using var db = site.App.Look();
                return !await db.Outbox.AnyAsync();
            },
            "nothing waits any more"
        );

    private async Task<int> SentAsync()
    {
        await using var db = site.App.Look();
        return await db.Notices.CountAsync(notice => notice.Mail == NoticeOutcome.Sent);
    }

    /// <summary>Once it is dead, whoever uses it writes and reads nothing more, as after a kill.</summary>
    private sealed class MortalDatabase(IDbContextFactory<MarketplaceDbContext> inner)
        : IDbContextFactory<MarketplaceDbContext>
    {
        public volatile bool IsDead;

        public MarketplaceDbContext CreateDbContext() =>
            IsDead ? throw new InvalidOperationException("killed") : inner.CreateDbContext();
    }
}
