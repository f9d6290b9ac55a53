using System.Collections.Concurrent;
using Marketplace.Tests.Support;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Outbox;

/// <summary>What waits to be told is told once it is due, and by one process.</summary>
public sealed class OutboxTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("marketplace-");
    private readonly Teller teller = new();
    private readonly MarketplaceApp app;

    public OutboxTests() => app = Site(teller);

    public async Task InitializeAsync() => await app.CreateClient().GetAsync("/health/live");

    public async Task DisposeAsync()
    {
        teller.Hold.TrySetResult();
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task It_is_told_when_it_is_due_and_then_gone()
    {
        await AddAsync("later", dueIn: TimeSpan.FromMinutes(10));
        await AddAsync("now");
        await Eventually.TrueAsync(() => teller.Told.SequenceEqual(["now"]), "what is due is told");
        clock.Advance(TimeSpan.FromMinutes(10));
        await Eventually.TrueAsync(() => teller.Told.SequenceEqual(["now", "later"]), "what has become due is told");
        await Eventually.TrueAsync(async () => await LeftAsync() == 0, "nothing waits any more");
    }

    [Fact]
    public async Task What_fails_is_tried_again_and_holds_up_nobody()
    {
        teller.FailsOnce.Add("bad");
        await AddAsync("bad");
        await AddAsync("good");
        await Eventually.TrueAsync(() => teller.Told.Contains("good"), "the other is told");
        Assert.DoesNotContain("bad", teller.Told);
        await Eventually.TrueAsync(async () => await DueLaterAsync() == 1, "it waits for another try");
        clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(() => teller.Told.Contains("bad"), "it is told at the second try");
    }

    [Fact]
    public async Task A_slow_one_holds_up_no_other()
    {
        teller.Holds = true;
        await AddAsync("slow");
        await Eventually.TrueAsync(() => teller.Begun.Contains("slow"), "the slow one has begun");
        teller.Holds = false;
        await AddAsync("quick");
        await Eventually.TrueAsync(() => teller.Told.Contains("quick"), "the other is told");
        Assert.DoesNotContain("slow", teller.Told);
    }

    [Fact]
    public async Task Another_process_takes_over_from_one_that_was_killed_and_not_before()
    {
        teller.Holds = true;
        await AddAsync("held");
        await Eventually.TrueAsync(() => teller.Begun.Contains("held"), "the first process has it");
        for (var i = 1; i < teller.AtOnce; i++)
            await AddAsync($"held too {i}");
        await Eventually.TrueAsync(() => teller.Begun.Count == teller.AtOnce, "the first process takes no more");
        var second = new Teller();
        await using var other = Site(second);
        await other.CreateClient().GetAsync("/health/live");
        await AddAsync("mark");
        await Eventually.TrueAsync(() => second.Told.Contains("mark"), "the second process looks");
        Assert.DoesNotContain("held", second.Told);
        clock.Advance(OutboxDispatcher.Lease + TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => second.Told.Contains("held"), "the lease has run out");
    }

    [Fact]
    public async Task Two_processes_tell_each_once()
    {
        var second = new Teller();
        await using var other = Site(second);
        await other.CreateClient().GetAsync("/health/live");
        await using (var db = app.Look())
        {
            db.Outbox.AddRange(Enumerable.Range(0, 500).Select(i => Entry($"{i}", clock.GetUtcNow().UtcDateTime)));
            await db.SaveChangesAsync();
        }
        await Eventually.TrueAsync(async () => await LeftAsync() == 0, "all are told");
        Assert.Equal(500, teller.Told.Concat(second.Told).Distinct().Count());
        Assert.Equal(500, teller.Told.Count + second.Told.Count);
    }

    private MarketplaceApp Site(Teller tells) =>
        new()
        {
            Folder = folder,
            KeepsFolder = true,
            Beside = services => services.AddSingleton<TimeProvider>(clock).AddSingleton<IOutboxWorker>(tells),
        };

    private async Task AddAsync(string key, TimeSpan dueIn = default)
    {
        await using var db = app.Look();
        db.Outbox.Add(Entry(key, clock.GetUtcNow().UtcDateTime + dueIn));
        await db.SaveChangesAsync();
        app.Services.GetRequiredService<OutboxSignal>().Wake();
    }

    private static OutboxEntry Entry(string key, DateTime dueAt) =>
        new()
        {
            Kind = "test",
            Key = key,
            DueAt = dueAt,
        };

    private async Task<int> LeftAsync()
    {
        await using var db = app.Look();
        return await db.Outbox.CountAsync();
    }

    private async Task<int> DueLaterAsync()
    {
        await using var db = app.Look();
        var now = clock.GetUtcNow().UtcDateTime;
        return await db.Outbox.CountAsync(entry => entry.DueAt > now && entry.LeaseId == null);
    }

    private sealed class Teller : IOutboxWorker
    {
        public string Kind => "test";
        public int AtOnce => 8;
        public bool Holds { get; set; }
        public TaskCompletionSource Hold { get; } = new();
        public ConcurrentBag<string> FailsOnce { get; } = [];
        public ConcurrentQueue<string> Begun { get; } = new();
        public ConcurrentQueue<string> Told { get; } = new();

        public async Task<TimeSpan?> TellAsync(OutboxEntry entry, CancellationToken cancellation)
        {
            Begun.Enqueue(entry.Key);
            if (Holds)
                await Hold.Task;
            if (entry.Attempts == 1 && FailsOnce.Contains(entry.Key))
                throw new InvalidOperationException("as asked");
            Told.Enqueue(entry.Key);
            return null;
        }
    }
}
