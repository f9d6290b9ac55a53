using System.Diagnostics;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Messages;

namespace Marketplace.Tests.Realtime.Relay;

/// <summary>The line between a node and the broker loses what it is sent, and stays open.</summary>
public sealed class RelaySilenceTests(TwoNodes nodes) : IClassFixture<TwoNodes>, IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private Person ana = default!;
    private Person bruno = default!;
    private RoomSession here = default!;
    private RoomSession there = default!;
    private long room;

    public async Task InitializeAsync()
    {
        await nodes.HearAsync();
        (ana, var signedIn, room) = await nodes.One.TalkAsync();
        bruno = await nodes.Other.EnterAsync(signedIn.Id);
        (here, there) = (ana.Chat.Open(room, ana.RunAsync), bruno.Chat.Open(room, bruno.RunAsync));
        Assert.True(await here.LoadAsync() && await there.LoadAsync());
    }

    public Task DisposeAsync()
    {
        here.Dispose();
        there.Dispose();
        return Task.CompletedTask;
    }

    // Not noticed by the client, whose subscribing side hardly asks, for more than a minute.
    [Fact]
    public async Task Whoever_no_longer_hears_the_broker_is_soon_heard_again()
    {
        nodes.Line.Silence(Ways.ToClient);
        await ana.SaysAsync(room, "¿Me oyes?");
        await bruno.SaysAsync(room, "¿Y tú?");
        await Eventually.TrueAsync(() => !TwoNodes.State(nodes.Other).HearsAll, "the silence is noticed");
        await ana.SaysAsync(room, "No te oigo");
        nodes.Line.Mend();
        await ShowsWithinAsync(Soon, messages: 3);
    }

    [Fact]
    public async Task The_last_event_of_a_room_that_is_lost_on_its_way_is_shown_by_the_next_beat()
    {
        await ana.SaysAsync(room, "Llega");
        await ShowsWithinAsync(Soon, messages: 1);
        var missed = TwoNodes.State(nodes.Other).MissedCount;
        nodes.Line.Lose("Se pierde");
        await ana.SaysAsync(room, "Se pierde");
        await ShowsWithinAsync(Soon, messages: 2);
        Assert.Equal(missed + 1, TwoNodes.State(nodes.Other).MissedCount);
    }

    private async Task ShowsWithinAsync(TimeSpan time, int messages)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var open in (RoomSession[])[here, there])
            await Eventually.TrueAsync(() => open.Window.Messages.Count == messages, "both nodes show all of it");
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, time);
    }
}
