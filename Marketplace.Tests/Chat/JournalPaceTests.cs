using Marketplace.Web.Chat.Journal;

namespace Marketplace.Tests.Chat;

public sealed class JournalPaceTests
{
    private readonly JournalPace pace = new();

    [Fact]
    public void A_message_alone_waits_for_nobody()
    {
        pace.Note(1, TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, pace.Between);
    }

    [Theory]
    [InlineData(100, 0, 0)]
    [InlineData(500, 0, 0)]
    [InlineData(1_000, 7, 9)]
    [InlineData(6_000, 10, 10)]
    public void The_more_come_the_longer_they_wait_for_each_other(int perSecond, int atLeast, int atMost)
    {
        Come(perSecond, TimeSpan.FromSeconds(3));
        Assert.InRange(pace.Between.TotalMilliseconds, atLeast, atMost);
    }

    [Fact]
    public void After_a_quiet_moment_nobody_waits()
    {
        Come(6_000, TimeSpan.FromSeconds(3));
        pace.Note(1, TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, pace.Between);
    }

    [Fact]
    public void A_burst_after_a_quiet_moment_is_not_yet_a_rate()
    {
        pace.Note(1, TimeSpan.FromSeconds(10));
        pace.Note(10, TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.Zero, pace.Between);
    }

    private void Come(int perSecond, TimeSpan during)
    {
        const int between = 10;
        for (var at = 0; at < during.TotalMilliseconds; at += between)
            pace.Note(perSecond * between / 1_000, TimeSpan.FromMilliseconds(between));
    }
}
