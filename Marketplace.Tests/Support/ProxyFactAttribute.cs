using Marketplace.Tests.Browser;

namespace Marketplace.Tests.Support;

/// <summary>A test that needs HAProxy and Chromium: skipped where one is missing, except in CI, where it then fails.</summary>
public sealed class ProxyFactAttribute : FactAttribute
{
    public ProxyFactAttribute()
    {
        if (!CanRun)
            Skip = "There is no haproxy or no browser: scripts/test installs them.";
    }

    public static bool CanRun =>
        (File.Exists(ProxyServer.Program) && BrowserFactAttribute.CanRun)
        || Environment.GetEnvironmentVariable("CI") == "true";
}
