namespace Marketplace.Tests.Browser;

/// <summary>A test that needs Chromium: skipped with a word where there is none, failing where CI promises one.</summary>
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
