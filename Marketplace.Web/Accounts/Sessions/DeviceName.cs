namespace Marketplace.Web.Accounts.Sessions;

internal static class DeviceName
{
    // Order matters: most browsers also name others for compatibility.
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];

    /// <param name="agent">The untrusted header, of any length.</param>
    public static string Of(string? agent)
    {
        var read = agent is { Length: > 1_000 } ? agent[..1_000] : agent ?? "";
        string?[] known = [Find(Browsers, read), Find(Systems, read)];
        return string.Join(" · ", known.OfType<string>());
    }

    private static string? Find((string Sign, string Name)[] names, string agent) =>
        names.FirstOrDefault(one => agent.Contains(one.Sign, StringComparison.Ordinal)).Name;
}
