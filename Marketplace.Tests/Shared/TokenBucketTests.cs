using Marketplace.Tests.Support;
using Marketplace.Web.Shared;

namespace Marketplace.Tests.Shared;

public sealed class TokenBucketTests
{
    private readonly HandClock clock = new();

    [Fact]
    public void A_burst_goes_through_and_then_as_many_as_come_back()
    {
        var buckets = new TokenBuckets<long>(burst: 3, perSecond: 2, clock);
        Assert.Equal([null, null, null], [buckets.Take(7), buckets.Take(7), buckets.Take(7)]);
        Assert.Equal(TimeSpan.FromSeconds(0.5), buckets.Take(7));
        Assert.Null(buckets.Take(8));
        clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Null(buckets.Take(7));
        Assert.NotNull(buckets.Take(7));
    }

    [Fact]
    public void What_is_given_back_can_be_taken_again_but_never_more_than_a_burst()
    {
        var buckets = new TokenBuckets<long>(burst: 2, perSecond: 1, clock);
        for (var i = 0; i < 10; i++)
        {
            Assert.Null(buckets.Take(7));
            buckets.GiveBack(7);
        }
        buckets.GiveBack(7);
        Assert.Equal([null, null], [buckets.Take(7), buckets.Take(7)]);
        Assert.NotNull(buckets.Take(7));
    }

    [Fact]
    public void Buckets_of_those_who_went_away_do_not_stay()
    {
        var buckets = new TokenBuckets<long>(burst: 1, perSecond: 1, clock);
        for (var person = 0; person < 30_000; person++)
        {
            buckets.Take(person);
            clock.Advance(TimeSpan.FromSeconds(0.001));
        }
        Assert.InRange(buckets.Count, 1, 12_000);
    }

    [Fact]
    public void Zero_is_no_limit()
    {
        var buckets = new TokenBuckets<long>(burst: 0, perSecond: 2, clock);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Null(buckets.Take(7)));
    }
}
