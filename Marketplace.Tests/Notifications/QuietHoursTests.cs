using System.Globalization;
using Marketplace.Web.Notifications;

namespace Marketplace.Tests.Notifications;

public sealed class QuietHoursTests
{
    private static readonly TimeZoneInfo Madrid = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");

    public static TheoryData<string, string, string, string?> Nights =>
        new()
        {
            // An ordinary night, in winter.
            { "22:30-08:00", "2026-11-28T21:29:59", "before it begins", null },
            { "22:30-08:00", "2026-11-28T21:30:00", "when it begins", "2026-11-29T07:00:00" },
            { "22:30-08:00", "2026-11-29T06:59:59", "before it ends", "2026-11-29T07:00:00" },
            { "22:30-08:00", "2026-11-29T07:00:00", "when it ends", null },
            // Within a day.
            { "14:00-16:00", "2026-11-28T14:00:00", "a siesta", "2026-11-28T15:00:00" },
            { "14:00-16:00", "2026-11-28T15:00:00", "after it", null },
            // From a time to the same: a day and a night.
            { "08:00-08:00", "2026-11-28T07:00:00", "always", "2026-11-29T07:00:00" },
            { "08:00-08:00", "2026-11-28T06:59:59", "always, of the day before", "2026-11-28T07:00:00" },
            // Summer time ends on 25 October 2026 at 3:00, which is 2:00 again: 01:00 UTC.
            { "22:30-08:00", "2026-10-24T20:30:00", "an hour longer", "2026-10-25T07:00:00" },
            { "22:30-02:30", "2026-10-25T00:45:00", "past the first half past two", "2026-10-25T01:30:00" },
            { "22:30-02:30", "2026-10-25T01:30:00", "at the second half past two", null },
            { "02:30-08:00", "2026-10-25T00:29:59", "before the first half past two", null },
            { "02:30-08:00", "2026-10-25T00:30:00", "from the first half past two", "2026-10-25T07:00:00" },
            // It begins on 28 March 2027 at 2:00, which is 3:00: 01:00 UTC.
            { "22:30-08:00", "2027-03-27T21:30:00", "an hour shorter", "2027-03-28T06:00:00" },
            { "22:30-02:30", "2027-03-28T00:59:59", "until half past two that is not", "2027-03-28T01:00:00" },
            { "22:30-02:30", "2027-03-28T01:00:00", "at three", null },
            { "02:30-08:00", "2027-03-28T00:59:59", "before half past two that is not", null },
            { "02:30-08:00", "2027-03-28T01:00:00", "from three", "2027-03-28T06:00:00" },
        };

    [Theory]
    [MemberData(nameof(Nights))]
    public void They_hold_by_the_clock_on_the_wall(string hours, string at, string when, string? until)
    {
        var ends = Hours(WeekDays.All, hours).EndOf(Utc(at));
        Assert.True(ends == (until is null ? null : Utc(until)), $"{when}: until {ends:s}");
    }

    [Fact]
    public void They_begin_on_the_chosen_days_and_end_on_the_next()
    {
        var weekend = Hours(WeekDays.Friday, "22:30-08:00");
        Assert.Null(weekend.EndOf(Utc("2026-11-27T02:00:00")));
        Assert.Equal(Utc("2026-11-28T07:00:00"), weekend.EndOf(Utc("2026-11-28T02:00:00")));
        Assert.Null(weekend.EndOf(Utc("2026-11-29T02:00:00")));
    }

    [Fact]
    public void Without_days_there_are_none() =>
        Assert.Null(Hours(WeekDays.None, "22:30-08:00").EndOf(Utc("2026-11-28T02:00:00")));

    private static QuietHours Hours(WeekDays days, string hours)
    {
        var times = hours.Split('-').Select(time => TimeOnly.Parse(time, CultureInfo.InvariantCulture)).ToArray();
        return new(days, times[0], times[1], Madrid);
    }

    private static DateTime Utc(string text) =>
        DateTime.SpecifyKind(DateTime.Parse(text, CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
