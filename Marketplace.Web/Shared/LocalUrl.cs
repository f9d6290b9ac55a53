namespace Marketplace.Web.Shared;

/// <summary>Where a person is sent back to: our page that they came from, never to another site.</summary>
internal static class LocalUrl
{
    public const string Home = "/";

    // A second slash, or a backslash that browsers take for one, would name another host.
    public static string OrHome(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : Home;

    /// <summary>The path, with the address to return to in its query.</summary>
    public static string Carry(string path, string? returnUrl) =>
        OrHome(returnUrl) is var url and not Home
            ? $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}ReturnUrl={Uri.EscapeDataString(url)}"
            : path;
}
