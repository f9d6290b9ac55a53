using Marketplace.Tests.Support;
using Marketplace.Web.Shared;

namespace Marketplace.Tests.Shared;

/// <summary>Two nodes with the same limit.</summary>
public sealed class LimitBookTests
{
    private readonly HandClock clock = new();
    private readonly LimitBook one;
    private readonly LimitBook other;
    private readonly TokenBuckets<long> here;
    private readonly TokenBuckets<long> there;

    public LimitBookTests()
    {
        (one, other) = (new LimitBook(clock), new LimitBook(clock));
        one.Share();
        other.Share();
        here = one.Make<long>("messages", burst: 3, perSecond: 1);
        there = other.Make<long>("messages", burst: 3, perSecond: 1);
    }

    [Fact]
    public void What_one_node_lets_through_counts_on_the_other_and_is_told_once()
    {
        Assert.Null(here.Take(7));
        Assert.Null(here.Take(7));
        var told = one.Drain();
        Assert.Equal([new LimitTaken("messages", "7", 2)], told);
        Assert.Empty(one.Drain());
        other.Spend(told);
        Assert.Empty(other.Drain());
        Assert.Null(there.Take(7));
        Assert.NotNull(there.Take(7));
        Assert.Null(there.Take(8));
    }

    [Fact]
    public void What_is_given_back_is_given_back_on_the_other_and_nothing_is_told_of_what_was_refused()
    {
        for (var i = 0; i < 3; i++)
            Assert.Null(here.Take(7));
        Assert.NotNull(here.Take(7));
        other.Spend(one.Drain());
        Assert.NotNull(there.Take(7));
        here.GiveBack(7);
        other.Spend(one.Drain());
        Assert.Null(there.Take(7));
        here.Take(9);
        here.GiveBack(9);
        Assert.Empty(one.Drain());
    }

    [Fact]
    public void More_than_there_is_empties_and_limits_of_another_version_are_passed_over()
    {
        other.Spend([new LimitTaken("messages", "7", 100), new LimitTaken("unheard", "x", 1)]);
        Assert.NotNull(there.Take(7));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(there.Take(7));
    }

    [Fact]
    public void A_node_alone_notes_nothing()
    {
        var alone = new LimitBook(clock);
        alone.Make<long>("messages", burst: 3, perSecond: 1).Take(7);
        Assert.Empty(alone.Drain());
    }
}
