using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Shared;

/// <summary>Formats times in the reader's zone and culture. One per circuit or request.</summary>
public sealed class ReaderClock(TimeProvider clock, IStringLocalizer<SharedTexts> texts)
{
    private const string FallbackZone = "Europe/Madrid";
    private const int Week = 7;

    private TimeZoneInfo zone = ZoneOf(null);

    /// <summary>Sets the reader's IANA zone; ignores unknown ones, because it comes from a cookie.</summary>
    public void Use(string? zoneId) => zone = ZoneOf(zoneId);

    /// <summary>The zone of this IANA name, or the site's own where it is unknown.</summary>
    public static TimeZoneInfo ZoneOf(string? zoneId) =>
        zoneId is { Length: > 0 and < 60 } && TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var known)
            ? known
            : TimeZoneInfo.FindSystemTimeZoneById(FallbackZone);

    /// <summary>The reader's IANA zone.</summary>
    public string Zone => zone.Id;

    /// <summary>The city that stands for the reader's zone.</summary>
    public string City => CityOf(zone);

    public DateTimeOffset InZone(DateTime utc) => TimeZoneInfo.ConvertTime(new DateTimeOffset(utc), zone);

    public string Time(DateTime utc) => Local(utc).ToString("t", CultureInfo.CurrentCulture);

    public DateOnly Today => Day(clock.GetUtcNow().UtcDateTime);

    public DateOnly Day(DateTime utc) => DateOnly.FromDateTime(Local(utc));

    /// <summary>"hoy", "ayer", "martes", "3 de mayo", "3 de mayo de 2024".</summary>
    public string DayName(DateTime utc)
    {
        var (day, today) = (Day(utc), Today);
        return DaysSince(utc) switch
        {
            0 => texts["Day.Today"],
            1 => texts["Day.Yesterday"],
            > 1 and < Week => day.ToString("dddd", CultureInfo.CurrentCulture),
            _ when day.Year == today.Year => day.ToString("M", CultureInfo.CurrentCulture),
            _ => day.ToString(LongDate, CultureInfo.CurrentCulture),
        };
    }

    public string OnDay(DateTime utc) => DaysSince(utc) is 0 or 1 ? DayName(utc) : texts["Day.On", DayName(utc)];

    public string Ago(DateTime utc) =>
        DaysSince(utc) switch
        {
            <= 0 => At(texts["Day.Today"], utc),
            1 => At(texts["Day.Yesterday"], utc),
            <= Week and var days => texts["Day.Ago", days],
            _ => texts["Day.LongAgo"],
        };

    /// <summary>The day's first instant (UTC), also where clocks skip midnight or have two of them.</summary>
    public DateTime Begins(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        var begins = DateTime.SpecifyKind(midnight - zone.GetUtcOffset(midnight), DateTimeKind.Utc);
        return Day(begins) == day && Day(begins.AddTicks(-1)) < day ? begins : FirstInstant(day, midnight);
    }

    /// <summary>The short form of list rows: "14:05" today, then "ayer", "martes", "3 may", "03/05/2024".</summary>
    public string Brief(DateTime utc) =>
        DaysSince(utc) switch
        {
            <= 0 => Time(utc),
            < Week => DayName(utc),
            _ when Day(utc).Year == Today.Year => Local(utc).ToString(ShortDate, CultureInfo.CurrentCulture),
            _ => Local(utc).ToString("d", CultureInfo.CurrentCulture),
        };

    public string Date(DateTime utc) =>
        Local(utc).ToString(ShortDate + (ShortDate[0] == 'd' ? " yyyy" : ", yyyy"), CultureInfo.CurrentCulture);

    /// <summary>A time to come: "hoy a las 18:00", "mañana a las 18:00", "el jueves 3 de mayo a las 18:00".</summary>
    public string When(DateTime utc) =>
        DaysSince(utc) switch
        {
            0 => At(texts["Day.Today"], utc),
            -1 => At(texts["Day.Tomorrow"], utc),
            _ => At(texts["Day.Coming", Local(utc).ToString(WeekDay, CultureInfo.CurrentCulture)], utc),
        };

    /// <summary>The same for a narrow place: "hoy 18:00", "mañana 18:00", "sáb 5, 18:00".</summary>
    public string WhenBriefly(DateTime utc) =>
        DaysSince(utc) switch
        {
            0 => $"{texts["Day.Today"]} {Time(utc)}",
            -1 => $"{texts["Day.Tomorrow"]} {Time(utc)}",
            _ => $"{Local(utc).ToString("ddd d", CultureInfo.CurrentCulture)}, {Time(utc)}",
        };

    /// <summary>What a clock in another zone shows: "18:30 (Madrid)"; null where it shows the same as the reader's.</summary>
    public string? Elsewhere(DateTime utc, string zoneId) =>
        ZoneOf(zoneId) is var other && other.GetUtcOffset(utc) == zone.GetUtcOffset(utc)
            ? null
            : $"{TimeZoneInfo.ConvertTimeFromUtc(utc, other).ToString("t", CultureInfo.CurrentCulture)} ({CityOf(other)})";

    private static string CityOf(TimeZoneInfo zone) => zone.Id.Split('/')[^1].Replace('_', ' ');

    /// <summary>The UTC of a time on the reader's clock, the first of two; null where the clock skips it.</summary>
    public DateTime? Utc(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
            return null;
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }

    public string Month(DateTime utc) => Local(utc).ToString("Y", CultureInfo.CurrentCulture);

    public string Exact(DateTime utc) => Local(utc).ToString("G", CultureInfo.CurrentCulture);

    // Bisects a day around midnight, because no zone is more than a day from UTC.
    private DateTime FirstInstant(DateOnly day, DateTime midnight)
    {
        var (before, after) = (midnight.AddDays(-1).Ticks, midnight.AddDays(1).Ticks);
        while (after - before > 1)
        {
            var between = before + ((after - before) / 2);
            if (Day(new DateTime(between, DateTimeKind.Utc)) < day)
                before = between;
            else
                after = between;
        }
        return new DateTime(after, DateTimeKind.Utc);
    }

    private int DaysSince(DateTime utc) => Today.DayNumber - Day(utc).DayNumber;

    // One o'clock is singular in Spanish: "a la 1:20", "a las 2:20".
    private string At(string day, DateTime utc) => texts[Local(utc).Hour == 1 ? "Day.AtOne" : "Day.At", day, Time(utc)];

    private static string LongDate =>
        CultureInfo.CurrentCulture.DateTimeFormat.LongDatePattern.Replace("dddd", "").Trim(',', ' ');

    private static string WeekDay =>
        $"dddd{(CultureInfo.CurrentCulture.DateTimeFormat.MonthDayPattern.StartsWith('d') ? "" : ",")} "
        + CultureInfo.CurrentCulture.DateTimeFormat.MonthDayPattern;

    private static string ShortDate =>
        CultureInfo.CurrentCulture.DateTimeFormat.MonthDayPattern.StartsWith('d') ? "d MMM" : "MMM d";

    private DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
}
