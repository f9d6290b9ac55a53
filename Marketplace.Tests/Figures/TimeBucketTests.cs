using Marketplace.Web.Figures;

namespace Marketplace.Tests.Figures;

public sealed class TimeBucketTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(61)]
    [InlineData(124)]
    [InlineData(90_000)]
    [InlineData(26 * 3_600_000L)]
    public void A_median_is_right_to_a_fifth(long milliseconds)
    {
        var time = TimeSpan.FromMilliseconds(milliseconds);
        var median = TimeBuckets.Percentile(new Dictionary<int, long> { [TimeBuckets.Of(time)] = 7 }, 0.5)!.Value;
        Assert.InRange(median / time, 0.8, 1.2);
    }

    [Fact]
    public void Of_many_fast_and_few_slow_ones_the_percentile_is_slow_and_the_median_fast()
    {
        var (fast, slow) = (TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(2));
        var counts = new Dictionary<int, long> { [TimeBuckets.Of(fast)] = 90, [TimeBuckets.Of(slow)] = 10 };
        Assert.InRange(TimeBuckets.Percentile(counts, 0.5)!.Value / fast, 0.8, 1.2);
        Assert.InRange(TimeBuckets.Percentile(counts, 0.95)!.Value / slow, 0.8, 1.2);
    }

    [Fact]
    public void Nothing_has_no_median_and_no_time_is_too_short_or_too_long()
    {
        Assert.Null(TimeBuckets.Percentile(new Dictionary<int, long>(), 0.5));
        Assert.Equal(0, TimeBuckets.Of(TimeSpan.FromSeconds(-1)));
        Assert.Equal(TimeBuckets.Count - 1, TimeBuckets.Of(TimeSpan.MaxValue));
    }
}
