using System.Collections.Concurrent;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Realtime;
using Marketplace.Web.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Chat;

[Collection(Alone.Name)]
public sealed class JournalTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private Person bruno = default!;
    private long room;

    public JournalTests() => app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };

    public async Task InitializeAsync()
    {
        (ana, bruno, room) = await app.TalkAsync();
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task One_that_cannot_be_written_fails_alone_and_blocks_nobody()
    {
        await using (var db = app.Look())
            await db.Database.ExecuteSqlRawAsync(
                "CREATE TRIGGER Refuse BEFORE INSERT ON Messages WHEN new.Body = 'imposible' "
                    + "BEGIN SELECT RAISE(ABORT, 'not this one'); END"
            );
        var sends = new List<Task<Outcome<SentView>>>();
        using (Lock())
            for (var i = 0; i < 30; i++)
                sends.Add(bruno.Chat.SendAsync(room, Guid.NewGuid(), i == 17 ? "imposible" : $"{i}"));
        var sent = await Task.WhenAll(sends).InTimeAsync("all were answered");
        Assert.Equal(RefusalKind.Busy, Assert.Single(sent, one => !one.Succeeded).Refusal!.Kind);
        Assert.Equal(
            Enumerable.Range(1, 29).Select(seq => (long)seq),
            sent.Where(one => one.Succeeded).Select(one => one.Value!.Message.Seq)
        );
        // The batches left the database free for other writers.
        await ana.SellsAsync("Sofá").InTimeAsync("Ana publishes");
        Assert.Equal(30, (await bruno.SaysAsync(room, "la última")).Seq);
    }

    [Fact]
    public async Task Two_processes_on_one_database_give_each_place_once()
    {
        await using var other = new MarketplaceApp { Folder = app.Folder, KeepsFolder = true };
        var (here, there) = (bruno, await other.EnterAsync(ana.Id));
        var ids = Enumerable.Range(0, 60).Select(_ => Guid.NewGuid()).ToList();
        var sends = ids.SelectMany(
            (id, i) =>
                new[]
                {
                    here.Chat.SendAsync(room, ids[i / 2], $"{i / 2}"),
                    there.Chat.SendAsync(room, id, $"de Ana {i}"),
                }
        );
        var sent = await Task.WhenAll(sends).InTimeAsync("all were answered");
        Assert.All(sent, one => Assert.True(one.Succeeded, one.Refusal?.Text));
        var history = (await ana.Chat.HistoryAsync(room, new(Limit: 200))).Value!;
        Assert.Equal(Enumerable.Range(1, 90).Select(seq => (long)seq), history.Select(message => message.Seq));
        Assert.Equal(90, history.Select(message => (message.SenderId, message.ClientId)).Distinct().Count());
    }

    [Fact]
    public async Task A_burst_of_reads_costs_one_write()
    {
        for (var i = 1; i <= 40; i++)
            await bruno.SaysAsync(room, $"{i}");
        using var listening = Listen(out var told);
        var marks = new List<Task<Refusal?>>();
        using (Lock())
            for (var seq = 1; seq <= 40; seq++)
                marks.Add(ana.Chat.MarkReadAsync(room, seq));
        Assert.All(await Task.WhenAll(marks).InTimeAsync("all were answered"), Assert.Null);
        await Eventually.TrueAsync(
            () => told.OfType<RoomRead>().Any(read => read.Seq == 40),
            "it was told that Ana read everything"
        );
        // The marks that came during the first write went in one batch.
        Assert.InRange(told.OfType<RoomRead>().Count(), 1, 2);
        Assert.Equal(0, await ana.UnreadAsync());
    }

    [Fact]
    public async Task Who_has_been_answered_hears_nothing_of_it_later()
    {
        var sends = new List<Task<Outcome<SentView>>>();
        using (Lock())
            for (var i = 0; i < 100; i++)
                sends.Add(bruno.Chat.SendAsync(room, Guid.NewGuid(), $"{i}"));
        // All but possibly the first are in one batch.
        var answered = (await sends[1].InTimeAsync("it was answered")).Value!.Message.Seq;
        using var listening = Listen(out var told);
        await Task.WhenAll(sends).InTimeAsync("all were answered");
        var last = (await bruno.SaysAsync(room, "la última")).Seq;
        await Eventually.TrueAsync(() => Seqs().Contains(last), "the last one was told");
        Assert.DoesNotContain(answered, Seqs());

        IEnumerable<long> Seqs() => told.OfType<MessagePosted>().Select(posted => posted.Message.Seq);
    }

    [Fact]
    public async Task More_than_can_wait_is_refused_and_what_was_taken_is_written()
    {
        const int offered = 11_000;
        var sends = new List<Task<Outcome<SentView>>>(offered);
        using (Lock())
            for (var i = 0; i < offered; i++)
                sends.Add(bruno.Chat.SendAsync(room, Guid.NewGuid(), "x"));
        var sent = await Task.WhenAll(sends).InTimeAsync("all were answered");
        var stored = sent.Count(one => one.Succeeded);
        Assert.InRange(stored, 9_000, offered - 1);
        Assert.All(sent.Where(one => !one.Succeeded), one => Assert.Equal(RefusalKind.Busy, one.Refusal!.Kind));
        Assert.Equal(stored + 1, (await bruno.SaysAsync(room, "ya va")).Seq);
    }

    [Fact]
    public async Task Another_process_that_holds_the_database_for_five_seconds_delays_and_loses_nothing()
    {
        await bruno.SaysAsync(room, "antes");
        Task<Outcome<SentView>> send;
        using (Lock())
        {
            send = bruno.Chat.SendAsync(room, Guid.NewGuid(), "durante");
            // The five seconds are the failure itself, not a wait for a condition.
            var held = DateTime.UtcNow;
            while (DateTime.UtcNow - held < TimeSpan.FromSeconds(5))
            {
                Assert.Single((await ana.Chat.HistoryAsync(room, new())).Value!);
                await Task.Delay(100);
            }
            Assert.False(send.IsCompleted);
        }
        Assert.Equal(2, (await send.InTimeAsync("it was stored")).Value!.Message.Seq);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_show_in_a_room()
    {
        await bruno.SaysAsync(room, "uno");
        clock.Set(TimeSpan.FromHours(-1));
        await ana.SaysAsync(room, "dos");
        clock.Set(TimeSpan.FromHours(3));
        var after = (await bruno.SaysAsync(room, "tres")).SentAt;
        var history = (await ana.Chat.HistoryAsync(room, new())).Value!;
        Assert.Equal(["uno", "dos", "tres"], history.Select(message => message.Body));
        Assert.Equal(history.Select(message => message.SentAt).Order(), history.Select(message => message.SentAt));
        Assert.Equal(["tres"], (await ana.Chat.HistoryAsync(room, new(From: after))).Value!.Select(one => one.Body));
        Assert.Equal("tres", Assert.Single(await ana.Inbox.PageAsync()).LastPreview);
    }

    private Subscription Listen(out ConcurrentQueue<object> told)
    {
        var heard = told = [];
        return app
            .Services.GetRequiredService<Broadcaster>()
            .Subscribe(
                [ChatTopics.Room(room)],
                told =>
                {
                    heard.Enqueue(told);
                    return Task.CompletedTask;
                }
            );
    }

    private SqliteConnection Lock()
    {
        var other = new SqliteConnection(
            $"Data Source={Path.Combine(app.Folder.FullName, "marketplace.db")};Pooling=false"
        );
        other.Open();
        using var begin = other.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        return other;
    }
}
