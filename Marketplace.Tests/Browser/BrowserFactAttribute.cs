namespace Marketplace.Tests.Browser;

/// <summary>A test that needs Chromium: skipped where it is missing, except in CI, where it then fails.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    // The headless shell renders the same pages with 40 % less work; not every system has it.
    private const string Shell = "/usr/bin/chromium-headless-shell";

    public static readonly string Chromium =
        Environment.GetEnvironmentVariable("CHROMIUM") ?? (File.Exists(Shell) ? Shell : "/usr/bin/chromium");

    public BrowserFactAttribute()
    {
        if (!CanRun)
            Skip = $"There is no {Chromium}: scripts/test installs it.";
    }

    public static bool CanRun => File.Exists(Chromium) || Environment.GetEnvironmentVariable("CI") == "true";
}
