using Marketplace.Web.Shared;

namespace Marketplace.Web.Notifications;

/// <summary>
/// The hours in which nothing rings. They begin at the first instant of their day that shows their first time, and end
/// at the last that shows their last: a doubled hour is quiet twice, and one that is left out moves to the next instant.
/// </summary>
/// <param name="Days">On which they begin.</param>
public sealed record QuietHours(WeekDays Days, TimeOnly From, TimeOnly To, TimeZoneInfo Zone)
{
    internal static QuietHours Of(NotificationPreference preference, string? zone) =>
        new(preference.QuietDays, preference.QuietFrom, preference.QuietTo, ReaderClock.ZoneOf(zone));

    /// <summary>When those end that hold at this time; null if none do. Both are UTC.</summary>
    public DateTime? EndOf(DateTime utc)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, Zone));
        return Period(today.AddDays(-1), utc) ?? Period(today, utc);
    }

    private DateTime? Period(DateOnly day, DateTime utc)
    {
        if (!Days.HasFlag((WeekDays)(1 << (((int)day.DayOfWeek + 6) % 7))))
            return null;
        var start = Instant(day.ToDateTime(From), isLast: false);
        var end = Instant((To > From ? day : day.AddDays(1)).ToDateTime(To), isLast: true);
        return start <= utc && utc < end ? end : null;
    }

    private DateTime Instant(DateTime local, bool isLast)
    {
        if (Zone.IsInvalidTime(local))
            return Instant(AfterGap(local), isLast);
        var offset = Zone.IsAmbiguousTime(local)
            ? (isLast ? Zone.GetAmbiguousTimeOffsets(local).Min() : Zone.GetAmbiguousTimeOffsets(local).Max())
            : Zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }

    // Gaps begin and end at whole minutes, at most a day apart.
    private DateTime AfterGap(DateTime local)
    {
        while (Zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        return local;
    }
}
