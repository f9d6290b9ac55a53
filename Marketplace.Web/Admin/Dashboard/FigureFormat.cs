using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin.Dashboard;

/// <summary>Numbers as people read them, in the reader's culture.</summary>
internal static class FigureFormat
{
    private const int Kilo = 1024;

    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    public static string Count(long? count) => count?.ToString("N0", CultureInfo.CurrentCulture) ?? "–";

    /// <summary>In the unit that says it in two or three digits.</summary>
    public static string Time(TimeSpan? time, IStringLocalizer<AdminTexts> texts) =>
        time switch
        {
            null => "–",
            { TotalSeconds: < 1 } some => texts["Time.Milliseconds", Math.Round(some.TotalMilliseconds)],
            { TotalMinutes: < 1 } some => texts["Time.Seconds", Math.Round(some.TotalSeconds)],
            { TotalHours: < 1 } some => texts["Time.Minutes", Math.Round(some.TotalMinutes)],
            { TotalDays: < 2 } some => texts["Time.Hours", Math.Round(some.TotalHours)],
            { } some => texts["Time.Days", Math.Round(some.TotalDays)],
        };

    public static string Bytes(long? bytes)
    {
        if (bytes is not { } rest)
            return "–";
        var (value, unit) = ((double)rest, 0);
        for (; value >= Kilo && unit < Units.Length - 1; unit++)
            value /= Kilo;
        return $"{value.ToString(value < 10 && unit > 0 ? "N1" : "N0", CultureInfo.CurrentCulture)} {Units[unit]}";
    }

    public static string Share(long part, long whole) =>
        whole == 0 ? "–" : ((double)part / whole).ToString("P0", CultureInfo.CurrentCulture);

    public static string Day(DateOnly day) => day.ToString("d MMM", CultureInfo.CurrentCulture);
}
