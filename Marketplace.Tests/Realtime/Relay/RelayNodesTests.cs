using Marketplace.Web.Realtime.Relay;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Marketplace.Tests.Realtime.Relay;

/// <summary>What a node can know to have missed of another.</summary>
public sealed class RelayNodesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private readonly RelayNodes nodes = new();

    private bool Misses(long number, bool isEvent, double second = 0) =>
        nodes.Hear(new RelayStamp("b", number, 0), isEvent, Start.AddSeconds(second));

    [Fact]
    public void What_comes_without_a_hole_was_not_missed()
    {
        Assert.False(Misses(0, isEvent: false));
        Assert.False(Misses(1, isEvent: true));
        Assert.False(Misses(2, isEvent: true));
        Assert.False(Misses(2, isEvent: false));
        Assert.False(Misses(3, isEvent: true));
    }

    [Fact]
    public void A_hole_is_missed_once()
    {
        Misses(1, isEvent: true);
        Assert.True(Misses(3, isEvent: true));
        Assert.False(Misses(4, isEvent: true));
    }

    [Fact]
    public void The_loss_of_the_last_event_is_seen_by_the_next_beat()
    {
        Misses(1, isEvent: true);
        Assert.True(Misses(2, isEvent: false));
        Assert.False(Misses(2, isEvent: false));
    }

    [Fact]
    public void Of_a_node_that_has_been_there_before_something_may_have_been_missed()
    {
        Assert.True(Misses(7, isEvent: false));
        Assert.False(Misses(7, isEvent: false));
    }

    [Fact]
    public void A_silent_node_is_missed_once_and_what_it_says_later_shows_what_was_lost()
    {
        Misses(1, isEvent: true);
        Assert.False(nodes.FindSilent(Start + RelayNodes.Patience));
        Assert.True(nodes.FindSilent(Start.AddSeconds(4)));
        Assert.False(nodes.FindSilent(Start.AddSeconds(5)));
        Assert.True(Assert.Single(nodes.All).IsSilent);
        Assert.True(Misses(2, isEvent: false, second: 6));
        Assert.False(Assert.Single(nodes.All).IsSilent);
    }

    [Theory]
    [InlineData(3, true, true)]
    [InlineData(4, false, false)]
    [InlineData(29, false, false)]
    [InlineData(31, true, false)]
    [InlineData(599, true, false)]
    [InlineData(601, true, true)]
    public async Task A_killed_node_degrades_the_others_for_half_a_minute_and_may_be_cut_off_for_ten(
        int seconds,
        bool isWell,
        bool hearsAll
    )
    {
        Misses(1, isEvent: true);
        nodes.FindSilent(Start.AddSeconds(seconds));
        using var state = new RelayState { Nodes = nodes.All };
        var health = await new RelayCheck(state).CheckHealthAsync(new());
        Assert.Equal(isWell ? HealthStatus.Healthy : HealthStatus.Degraded, health.Status);
        Assert.Equal(hearsAll, state.HearsAll);
        state.IsUp = false;
        Assert.Equal(HealthStatus.Degraded, (await new RelayCheck(state).CheckHealthAsync(new())).Status);
    }

    [Fact]
    public void Who_says_goodbye_is_not_missed_and_who_is_long_gone_is_forgotten()
    {
        Misses(1, isEvent: true);
        nodes.Leave("b");
        Assert.False(nodes.FindSilent(Start.AddMinutes(1)));
        Misses(1, isEvent: true);
        Assert.True(nodes.FindSilent(Start.AddMinutes(11)));
        Assert.Empty(nodes.All);
    }

    [Fact]
    public void More_nodes_than_a_site_can_have_are_not_remembered()
    {
        for (var i = 0; i < 2 * RelayNodes.Most; i++)
            nodes.Hear(new RelayStamp($"node {i}", 9, 0), isEvent: false, Start);
        Assert.Equal(RelayNodes.Most, nodes.All.Count);
    }
}
