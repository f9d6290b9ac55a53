using System.Globalization;
using Marketplace.Web.Notifications;

namespace Marketplace.Tests.Notifications;

/// <summary>
/// In Madrid the clocks go from 3:00 back to 2:00 on 2026-10-25 at 01:00 UTC, and from 2:00 to 3:00 on 2027-03-28 at
/// 01:00 UTC.
/// </summary>
public sealed class QuietHoursTests
{
    // 2026-11-30 is a Monday.
    [Theory]
    [InlineData("22:30", "08:00", "2026-11-30 21:29:59", null)]
    [InlineData("22:30", "08:00", "2026-11-30 21:30:00", "2026-12-01 07:00:00")]
    [InlineData("22:30", "08:00", "2026-12-01 06:59:59", "2026-12-01 07:00:00")]
    [InlineData("22:30", "08:00", "2026-12-01 07:00:00", null)]
    [InlineData("13:00", "15:30", "2026-11-30 12:00:00", "2026-11-30 14:30:00")]
    [InlineData("13:00", "15:30", "2026-11-30 14:30:00", null)]
    public void From_a_time_to_a_later_one_or_over_midnight(string from, string to, string at, string? end) =>
        Ends(Quiet(from, to), at, end);

    [Theory]
    [InlineData("2026-11-30 09:00:00", "2026-12-01 09:00:00")]
    [InlineData("2026-12-01 08:59:59", "2026-12-01 09:00:00")]
    [InlineData("2026-12-01 09:00:00", null)]
    public void From_a_time_to_the_same_one_is_a_whole_day(string at, string? end) =>
        Ends(Quiet("10:00", "10:00", WeekDays.Monday), at, end);

    [Theory]
    [InlineData("2026-11-27 22:00:00", "2026-11-28 07:00:00")]
    [InlineData("2026-11-28 06:00:00", "2026-11-28 07:00:00")]
    [InlineData("2026-11-28 22:00:00", null)]
    [InlineData("2026-11-27 06:00:00", null)]
    public void The_night_belongs_to_the_day_on_which_it_begins(string at, string? end) =>
        Ends(Quiet("22:30", "08:00", WeekDays.Friday), at, end);

    [Fact]
    public void Without_days_nothing_is_quiet() =>
        Ends(Quiet("10:00", "10:00", WeekDays.None), "2026-11-30 12:00:00", null);

    [Theory]
    [InlineData("22:30", "08:00", "2026-10-24 20:29:59", null)]
    [InlineData("22:30", "08:00", "2026-10-24 20:30:00", "2026-10-25 07:00:00")]
    [InlineData("22:30", "08:00", "2026-10-25 06:30:00", "2026-10-25 07:00:00")]
    [InlineData("22:30", "02:30", "2026-10-25 00:30:00", "2026-10-25 01:30:00")]
    [InlineData("22:30", "02:30", "2026-10-25 01:29:59", "2026-10-25 01:30:00")]
    [InlineData("02:15", "02:45", "2026-10-25 00:14:59", null)]
    [InlineData("02:15", "02:45", "2026-10-25 00:15:00", "2026-10-25 01:45:00")]
    [InlineData("02:15", "02:45", "2026-10-25 01:00:00", "2026-10-25 01:45:00")]
    [InlineData("02:15", "02:45", "2026-10-25 01:45:00", null)]
    [InlineData("03:00", "08:00", "2026-10-25 01:59:59", null)]
    [InlineData("03:00", "08:00", "2026-10-25 02:00:00", "2026-10-25 07:00:00")]
    public void The_hour_that_comes_twice_is_quiet_twice(string from, string to, string at, string? end) =>
        Ends(Quiet(from, to), at, end);

    [Theory]
    [InlineData("22:30", "08:00", "2027-03-27 21:30:00", "2027-03-28 06:00:00")]
    [InlineData("22:30", "02:30", "2027-03-28 00:59:59", "2027-03-28 01:00:00")]
    [InlineData("22:30", "02:30", "2027-03-28 01:00:00", null)]
    [InlineData("02:30", "08:00", "2027-03-28 00:59:59", null)]
    [InlineData("02:30", "08:00", "2027-03-28 01:00:00", "2027-03-28 06:00:00")]
    [InlineData("02:15", "02:45", "2027-03-28 01:00:00", null)]
    public void The_hour_that_is_left_out_is_the_instant_after_it(string from, string to, string at, string? end) =>
        Ends(Quiet(from, to), at, end);

    [Fact]
    public void Each_end_is_later_than_now_so_that_waiting_for_it_never_turns_in_circles()
    {
        for (var at = Utc("2026-10-23 00:00:00"); at < Utc("2026-10-27 00:00:00"); at = at.AddMinutes(7))
            Assert.True(Quiet("02:30", "02:30").EndOf(at) > at);
    }

    [Fact]
    public void They_are_those_of_the_person_s_zone()
    {
        var tokyo = new QuietHours(
            WeekDays.All,
            new(22, 30),
            new(8, 0),
            TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")
        );
        Ends(tokyo, "2026-11-30 13:30:00", "2026-11-30 23:00:00");
        Ends(tokyo, "2026-11-30 23:00:00", null);
    }

    private static QuietHours Quiet(string from, string to, WeekDays days = WeekDays.All) =>
        new(
            days,
            TimeOnly.Parse(from, CultureInfo.InvariantCulture),
            TimeOnly.Parse(to, CultureInfo.InvariantCulture),
            TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid")
        );

    private static void Ends(QuietHours quiet, string at, string? end) =>
        Assert.Equal(end is null ? null : Utc(end), quiet.EndOf(Utc(at)));

    private static DateTime Utc(string text) =>
        DateTime.SpecifyKind(DateTime.Parse(text, CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
