using System.Globalization;
using Marketplace.Tests.Support;
using Marketplace.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Marketplace.Tests.Shared;

/// <summary>Days and times as seen on Wednesday 4 March 2026 in Madrid.</summary>
public sealed class ReaderClockTests
{
    private readonly ReaderClock clock = new(
        new HandClock(),
        new ServiceCollection()
            .AddLogging()
            .AddLocalization()
            .BuildServiceProvider()
            .GetRequiredService<IStringLocalizer<SharedTexts>>()
    );

    [Theory]
    [InlineData("es-ES", "2026-03-04 02:45", "hoy a las 3:45")]
    [InlineData("es-ES", "2026-03-04 00:05", "hoy a la 1:05")]
    [InlineData("es-ES", "2026-03-03 12:05", "ayer a las 13:05")]
    [InlineData("es-ES", "2026-03-01 12:00", "hace 3 días")]
    [InlineData("es-ES", "2026-01-01 12:00", "hace más de una semana")]
    [InlineData("en-GB", "2026-03-04 02:45", "today at 03:45")]
    [InlineData("en-GB", "2026-03-03 00:05", "yesterday at 01:05")]
    public void A_person_was_last_seen_at_a_time_of_a_day_that_is_near(string culture, string utc, string said) =>
        Assert.Equal(said, In(culture, () => clock.Ago(Utc(utc))));

    [Theory]
    [InlineData("es-ES", "2026-03-04 01:00", "hoy")]
    [InlineData("es-ES", "2026-03-03 01:00", "ayer")]
    [InlineData("es-ES", "2026-03-02 01:00", "el lunes")]
    [InlineData("es-ES", "2026-01-19 12:00", "el 19 de enero")]
    [InlineData("es-ES", "2025-11-19 12:00", "el 19 de noviembre de 2025")]
    [InlineData("en-GB", "2026-03-02 01:00", "on Monday")]
    [InlineData("en-GB", "2026-01-19 12:00", "on 19 January")]
    [InlineData("en-GB", "2025-11-19 12:00", "on 19 November 2025")]
    [InlineData("en-US", "2025-11-19 12:00", "on November 19, 2025")]
    public void A_listing_was_posted_on_a_day_that_reads_as_spoken(string culture, string utc, string said) =>
        Assert.Equal(said, In(culture, () => clock.OnDay(Utc(utc))));

    [Theory]
    [InlineData("es-ES", "2026-03-04 17:30", "hoy a las 18:30", "hoy 18:30")]
    [InlineData("es-ES", "2026-03-05 00:10", "mañana a la 1:10", "mañana 1:10")]
    [InlineData("es-ES", "2026-03-07 17:30", "el sábado 7 de marzo a las 18:30", "sáb 7, 18:30")]
    [InlineData("en-GB", "2026-03-05 17:30", "tomorrow at 18:30", "tomorrow 18:30")]
    [InlineData("en-GB", "2026-03-07 17:30", "Saturday 7 March at 18:30", "Sat 7, 18:30")]
    public void A_time_to_come_reads_as_spoken(string culture, string utc, string said, string brief)
    {
        Assert.Equal(said, In(culture, () => clock.When(Utc(utc))));
        Assert.Equal(brief, In(culture, () => clock.WhenBriefly(Utc(utc))));
    }

    [Fact]
    public void A_time_of_another_zone_is_told_where_its_clock_shows_another()
    {
        Assert.Null(In("es-ES", () => clock.Elsewhere(Utc("2026-03-07 17:30"), "Europe/Paris")!));
        Assert.Equal(
            "12:30 (New York)",
            In("es-ES", () => clock.Elsewhere(Utc("2026-03-07 17:30"), "America/New_York")!)
        );
    }

    [Theory]
    [InlineData("2026-03-28 18:30", "2026-03-28 17:30")]
    [InlineData("2026-03-29 02:30", null)]
    [InlineData("2026-03-29 18:30", "2026-03-29 16:30")]
    [InlineData("2026-10-25 02:30", "2026-10-25 00:30")]
    public void A_time_that_clocks_skip_is_none_and_of_a_doubled_one_it_is_the_first(string local, string? utc)
    {
        var at = DateTime.Parse(local, CultureInfo.InvariantCulture);
        var found = clock.Utc(DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at));
        Assert.Equal(utc is null ? null : Utc(utc), found);
    }

    [Theory]
    [InlineData("es-ES", "2026-03-04 02:45", "3:45")]
    [InlineData("es-ES", "2026-03-03 02:45", "ayer")]
    [InlineData("es-ES", "2026-01-19 12:00", "19 ene")]
    [InlineData("es-ES", "2025-11-19 12:00", "19/11/2025")]
    [InlineData("en-US", "2026-01-19 12:00", "Jan 19")]
    public void A_row_of_a_list_says_it_in_a_word(string culture, string utc, string said) =>
        Assert.Equal(said, In(culture, () => clock.Brief(Utc(utc))));

    [Theory]
    [InlineData("America/Santiago", "2026-09-06", "2026-09-06 04:00")] // The clocks skip midnight.
    [InlineData("America/Havana", "2026-11-01", "2026-11-01 04:00")] // Midnight occurs twice.
    [InlineData("Europe/Madrid", "2026-03-29", "2026-03-28 23:00")]
    public void A_day_begins_at_its_first_instant(string zone, string day, string utc)
    {
        clock.Use(zone);
        Assert.Equal(Utc(utc), clock.Begins(DateOnly.Parse(day, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void In_no_zone_and_on_no_day_of_ten_years_a_day_begins_late_or_early()
    {
        var (first, last) = (new DateOnly(2020, 1, 1), new DateOnly(2030, 1, 1));
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            clock.Use(zone.Id);
            for (var day = first; day < last; day = day.AddDays(1))
            {
                var begins = clock.Begins(day);
                Assert.True(clock.Day(begins) == day && clock.Day(begins.AddTicks(-1)) < day, $"{zone.Id}, {day:O}");
            }
        }
    }

    private static DateTime Utc(string text) =>
        DateTime.Parse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );

    private static string In(string culture, Func<string> read)
    {
        var (before, beforeTexts) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            return read();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeTexts);
        }
    }
}
