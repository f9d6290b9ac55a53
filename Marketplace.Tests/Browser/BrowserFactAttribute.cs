namespace Marketplace.Tests.Browser;

/// <summary>A test that needs Chromium: skipped where it is missing, except in CI, where it then fails.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public static readonly string Chromium = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    public BrowserFactAttribute()
    {
        if (!CanRun)
            Skip = $"There is no {Chromium}: scripts/test installs it.";
    }

    public static bool CanRun => File.Exists(Chromium) || Environment.GetEnvironmentVariable("CI") == "true";
}
