using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Shared;

/// <summary>Times as this reader reads them: in their zone, language and order. One per circuit or request.</summary>
public sealed class ReaderClock(TimeProvider clock, IStringLocalizer<SharedTexts> texts)
{
    private const string FallbackZone = "Europe/Madrid";

    private TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(FallbackZone);

    /// <summary>Takes the reader's IANA zone; an unknown one is ignored, as it comes from a cookie.</summary>
    public void Use(string? zoneId)
    {
        if (zoneId is { Length: > 0 and < 60 } && TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var known))
            zone = known;
    }

    /// <summary>"14:05".</summary>
    public string Time(DateTime utc) => Local(utc).ToString("t", CultureInfo.CurrentCulture);

    /// <summary>The reader's calendar day now.</summary>
    public DateOnly Today => Day(clock.GetUtcNow().UtcDateTime);

    /// <summary>The reader's calendar day of a moment.</summary>
    public DateOnly Day(DateTime utc) => DateOnly.FromDateTime(Local(utc));

    /// <summary>"hoy", "ayer", "martes", "3 de mayo", "3 de mayo de 2024".</summary>
    public string DayName(DateTime utc)
    {
        var (day, today) = (Day(utc), Day(clock.GetUtcNow().UtcDateTime));
        return (today.DayNumber - day.DayNumber) switch
        {
            0 => texts["Day.Today"],
            1 => texts["Day.Yesterday"],
            > 1 and < 7 => day.ToString("dddd", CultureInfo.CurrentCulture),
            _ when day.Year == today.Year => day.ToString("M", CultureInfo.CurrentCulture),
            _ => day.ToString("D", CultureInfo.CurrentCulture),
        };
    }

    /// <summary>"hoy", "ayer", "hace 3 días", "hace más de una semana".</summary>
    public string Ago(DateTime utc)
    {
        var days = Day(clock.GetUtcNow().UtcDateTime).DayNumber - Day(utc).DayNumber;
        return days switch
        {
            <= 0 => texts["Day.Today"],
            1 => texts["Day.Yesterday"],
            <= 7 => texts["Day.Ago", days],
            _ => texts["Day.LongAgo"],
        };
    }

    /// <summary>When the reader's calendar day begins, in UTC.</summary>
    public DateTime Begins(DateOnly day) =>
        TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified), zone);

    /// <summary>The time for today, the day's name for all else: what a list row has place for.</summary>
    public string Brief(DateTime utc)
    {
        var (day, today) = (Day(utc), Day(clock.GetUtcNow().UtcDateTime));
        return (today.DayNumber - day.DayNumber) switch
        {
            <= 0 => Time(utc),
            < 7 => DayName(utc),
            _ => day.ToString("d", CultureInfo.CurrentCulture),
        };
    }

    /// <summary>"noviembre de 2024".</summary>
    public string Month(DateTime utc) => Local(utc).ToString("Y", CultureInfo.CurrentCulture);

    /// <summary>Date and time, to the second: what a record shows.</summary>
    public string Exact(DateTime utc) => Local(utc).ToString("G", CultureInfo.CurrentCulture);

    private DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
}
