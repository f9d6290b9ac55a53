using Marketplace.Web.Shared;

namespace Marketplace.Web.Admin.Retention;

/// <summary>The settings below <c>Retention</c>: how long something is kept; null means for ever.</summary>
/// <param name="Messages">Of rooms.</param>
/// <param name="Pictures">Of messages, where those stay longer.</param>
/// <param name="Audit">Entries of the record of administrators.</param>
public sealed record RetentionSettings(TimeSpan? Messages, TimeSpan? Pictures, TimeSpan? Audit)
{
    private static readonly TimeSpan Most = TimeSpan.FromDays(36_500);

    public bool IsEmpty => this is { Messages: null, Pictures: null, Audit: null };

    public static RetentionSettings Read(IConfiguration configuration) =>
        new(
            Time(configuration, "Retention:Messages", TimeSpan.FromDays(1)),
            Time(configuration, "Retention:Pictures", TimeSpan.FromDays(1)),
            // Reasons for looks hold for hours, and checkpoints are written meanwhile.
            Time(configuration, "Retention:Audit", TimeSpan.FromDays(30))
        );

    // 365 is a year, as TimeSpan reads a number alone: days.
    private static TimeSpan? Time(IConfiguration configuration, string key, TimeSpan least) =>
        string.IsNullOrWhiteSpace(configuration[key]) ? null : configuration.Time(key, least, least, Most);
}
