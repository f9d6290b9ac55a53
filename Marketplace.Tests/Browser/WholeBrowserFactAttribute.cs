namespace Marketplace.Tests.Browser;

/// <summary>A <see cref="BrowserFactAttribute"/> of notifications, which the headless shell has none of.</summary>
public sealed class WholeBrowserFactAttribute : FactAttribute
{
    public static readonly string Chromium = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    public WholeBrowserFactAttribute()
    {
        if (!CanRun)
            Skip = $"There is no {Chromium}: scripts/test installs it.";
    }

    public static bool CanRun => File.Exists(Chromium) || Environment.GetEnvironmentVariable("CI") == "true";
}
