using System.Globalization;

namespace Marketplace.Web.Shared;

/// <summary>Reads a value of an address. What cannot be read is null.</summary>
public static class AddressValue
{
    public static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A day of a year that every zone can name.</summary>
    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is > 1 and < 9999
            ? day
            : null;

    public static T? Of<T>(string? name)
        where T : struct, Enum => Enum.TryParse<T>(name, out var known) && Enum.IsDefined(known) ? known : null;
}
