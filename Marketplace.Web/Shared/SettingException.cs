using System.Globalization;

namespace Marketplace.Web.Shared;

/// <summary>An invalid configuration value that stops the start; its message is printed as one line.</summary>
public sealed class SettingException(string key, string? read, string allowed)
    : Exception(
        $"Configuration {key}: read {(string.IsNullOrEmpty(read) ? "nothing" : $"'{read}'")}; allowed: {allowed}."
    );

public static class Settings
{
    public static int Number(this IConfiguration configuration, string key, int fallback, int least, int most)
    {
        var read = configuration[key];
        if (string.IsNullOrWhiteSpace(read))
            return fallback;
        return int.TryParse(read, out var number) && number >= least && number <= most
            ? number
            : throw new SettingException(key, read, $"a whole number from {least} to {most}");
    }

    public static TimeSpan Time(
        this IConfiguration configuration,
        string key,
        TimeSpan fallback,
        TimeSpan least,
        TimeSpan most
    )
    {
        var read = configuration[key];
        if (string.IsNullOrWhiteSpace(read))
            return fallback;
        return TimeSpan.TryParse(read, CultureInfo.InvariantCulture, out var time) && time >= least && time <= most
            ? time
            : throw new SettingException(key, read, $"a time from {least:c} to {most:c}, such as 30.00:00:00");
    }

    public static bool Flag(this IConfiguration configuration, string key, bool fallback)
    {
        var read = configuration[key];
        if (string.IsNullOrWhiteSpace(read))
            return fallback;
        return bool.TryParse(read, out var flag) ? flag : throw new SettingException(key, read, "true or false");
    }
}
