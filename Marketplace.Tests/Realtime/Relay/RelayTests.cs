using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Realtime;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Marketplace.Tests.Realtime.Relay;

/// <summary>Ana is on one node, Bruno on the other.</summary>
public sealed class RelayTests(TwoNodes nodes) : IClassFixture<TwoNodes>, IAsyncLifetime
{
    private Person ana = default!;
    private Person bruno = default!;
    private Person there = default!;
    private long room;

    public async Task InitializeAsync()
    {
        await nodes.HearAsync();
        (ana, bruno, room) = await nodes.One.TalkAsync();
        there = await nodes.Other.EnterAsync(bruno.Id);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<RoomSession> OpenAsync(Person person)
    {
        var open = person.Chat.Open(room, person.RunAsync);
        Assert.True(await open.LoadAsync());
        return open;
    }

    private static Task ShowsAsync(RoomSession open, params string[] texts) =>
        Eventually.TrueAsync(
            () => open.Window.Messages.Select(message => message.Body).SequenceEqual(texts),
            $"the other node shows {string.Join(", ", texts)}"
        );

    [Fact]
    public async Task What_is_said_on_one_node_is_shown_on_the_other_once_and_in_order()
    {
        using var open = await OpenAsync(there);
        for (var i = 1; i <= 20; i++)
            await ana.SaysAsync(room, $"{i}");
        await ShowsAsync(open, [.. Enumerable.Range(1, 20).Select(i => $"{i}")]);
        await there.SaysAsync(room, "¿Y aquí?");
        Assert.Equal("¿Y aquí?", (await ana.Chat.HistoryAsync(room, new MessageRange())).Value![^1].Body);
    }

    [Fact]
    public async Task Who_signs_in_on_one_node_is_known_on_the_other_at_once()
    {
        for (var i = 0; i < 5; i++)
        {
            // The other node has just read who Bruno is, and of his sessions so far.
            Assert.NotNull(await nodes.One.Services.GetRequiredService<AccountStates>().FindAsync(bruno.Id));
            using var signedIn = await there.ClientAsync();
            using var elsewhere = nodes.One.CreateClient();
            elsewhere.DefaultRequestHeaders.Authorization = signedIn.DefaultRequestHeaders.Authorization;
            Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/api/account/me")).StatusCode);
        }
    }

    [Fact]
    public async Task Who_types_and_who_is_there_is_shown_on_the_other_node()
    {
        using var here = nodes.One.Services.GetRequiredService<Presence>().Enter(ana.Id);
        using var open = await OpenAsync(there);
        await Eventually.TrueAsync(() => open.Peer.IsOnline, "Ana is online on the other node");
        Assert.Null(await ana.Chat.TypingAsync(room));
        await Eventually.TrueAsync(() => open.Peer.IsTyping, "Ana types");
    }

    [Fact]
    public async Task A_node_that_stops_writes_who_was_there_though_some_are_on_the_other_too()
    {
        var (one, other) = (
            nodes.One.Services.GetRequiredService<Presence>(),
            nodes.Other.Services.GetRequiredService<Presence>()
        );
        using var there = other.Enter(ana.Id);
        await Eventually.TrueAsync(() => one.IsOnline(ana.Id), "Ana is on the other node");
        using var here = one.Enter(ana.Id);
        using var alone = one.Enter(bruno.Id);
        await one.StopAsync(default);
        await one.ExecuteTask!;
        await using var db = nodes.One.Look();
        Assert.True(await db.LastSeen.AnyAsync(seen => seen.UserId == bruno.Id));
        Assert.True(other.IsOnline(ana.Id));
        await one.StartAsync(default);
    }

    [Fact]
    public async Task A_suspension_ends_access_on_the_other_node_within_a_second()
    {
        var states = nodes.Other.Services.GetRequiredService<AccountStates>();
        Assert.NotNull(await states.FindAsync(there.Principal));
        var carla = await nodes.One.JoinAsync("Carla", administrator: true);
        var began = DateTime.UtcNow;
        Assert.Null(await carla.People.ActAsync(bruno.Id, AuditAction.PersonSuspended, "Fraude"));
        await Eventually.TrueAsync(async () => await states.FindAsync(there.Principal) is null, "he is out");
        Assert.InRange(DateTime.UtcNow - began, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_hole_in_what_another_node_says_makes_everybody_read_again()
    {
        using var open = await OpenAsync(there);
        var one = nodes.One.Services.GetRequiredService<Broadcaster>();
        var elsewhere = one.Elsewhere;
        one.Elsewhere = null;
        await ana.SaysAsync(room, "Se pierde");
        one.Elsewhere = elsewhere;
        await using var redis = await nodes.Redis.ConnectAsync();
        var name = Guid.NewGuid().ToString();
        await TellAsync(
            redis,
            $"[1,\"{name}\",1,0,\"room\",0,\"Typing\",null,{{}}]\n[1,\"{name}\",3,0,\"room\",0,\"Typing\",null,{{}}]"
        );
        await ShowsAsync(open, "Se pierde");
        await TellAsync(redis, $"[1,\"{name}\",3,0,\"\",0,\"farewell\"]");
    }

    [Fact]
    public async Task What_no_beat_can_show_is_found_by_comparison()
    {
        using var open = await OpenAsync(there);
        var inbox = there.Inbox.Open(there.RunAsync);
        await inbox.LoadAsync();
        await using var feed = await Feed.BeginAsync(there);
        var one = nodes.One.Services.GetRequiredService<Broadcaster>();
        var elsewhere = one.Elsewhere;
        one.Elsewhere = null;
        await ana.SaysAsync(room, "Se pierde");
        one.Elsewhere = elsewhere;
        Assert.Empty(open.Window.Messages);
        await Comparison.CompareAsync();
        await feed.HearsAsync("numbers", """{"unread":1,"news":0}""");
        await ShowsAsync(open, "Se pierde");
        await Eventually.TrueAsync(() => inbox.Rows is [{ Unread: 1 }], "the inbox shows it too");
        var repaired = TwoNodes.State(nodes.Other).RepairedCount;
        await Comparison.CompareAsync();
        Assert.Equal(repaired, TwoNodes.State(nodes.Other).RepairedCount);
        inbox.Dispose();
    }

    [Fact]
    public async Task What_is_on_its_way_while_it_is_compared_is_not_read_again()
    {
        await ana.SaysAsync(room, "Llega");
        var (asked, told) = (0, 0);
        using var open = nodes
            .Other.Services.GetRequiredService<Broadcaster>()
            .Subscribe(
                [new("compared", room)],
                _ => Task.FromResult(told++),
                new(ChatTopics.Room(room), () => asked++ == 0 ? 0 : long.MaxValue)
            );
        await Comparison.CompareAsync();
        Assert.Equal((2, 0), (asked, told));
    }

    [Fact]
    public async Task One_message_is_followed_from_its_sender_to_the_page_on_the_other_node()
    {
        var steps = new ConcurrentBag<(ActivityTraceId Trace, string Step)>();
        using var collector = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SiteTraces.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = step => steps.Add((step.TraceId, step.OperationName)),
        };
        ActivitySource.AddActivityListener(collector);
        using var open = await OpenAsync(there);
        await ana.SaysAsync(room, "¿Llega?");
        await ShowsAsync(open, "¿Llega?");
        string[] all = ["message sent", "message told", "message carried", "message shown"];
        await Eventually.TrueAsync(
            () =>
                steps
                    .ToArray()
                    .GroupBy(one => one.Trace)
                    .Any(trace => !all.Except(trace.Select(one => one.Step)).Any()),
            "all steps are in one trace"
        );
    }

    [Fact]
    public async Task What_one_node_lets_through_counts_on_the_other()
    {
        var here = nodes.One.Services.GetRequiredService<LimitBook>().Make<string>("tries", burst: 2, perSecond: 0.001);
        var there = nodes
            .Other.Services.GetRequiredService<LimitBook>()
            .Make<string>("tries", burst: 2, perSecond: 0.001);
        here.Take("ana");
        here.Take("ana");
        await Eventually.TrueAsync(() => there.Count == 1, "the other node has heard of it");
        Assert.NotNull(there.Take("ana"));
    }

    private LiveComparison Comparison =>
        nodes
            .Other.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>()
            .OfType<LiveComparison>()
            .Single();

    private static Task TellAsync(ConnectionMultiplexer redis, string lines) =>
        redis
            .GetSubscriber()
            .PublishAsync(RedisChannel.Literal("marketplace:events"), Encoding.UTF8.GetBytes(lines + "\n"));
}
