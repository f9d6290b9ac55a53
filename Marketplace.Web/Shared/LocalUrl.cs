namespace Marketplace.Web.Shared;

internal static class LocalUrl
{
    public const string Home = "/";

    // A second slash, or a backslash that browsers read as one, would name another host. A header holds ASCII only.
    public static string OrHome(string? url) =>
        url is ['/', ..] && url.All(c => c is > ' ' and <= '~' and not '\\') && IsPlain(url.Split('?', '#')[0])
            ? url
            : Home;

    // Browsers resolve dots, and "/.//host" would then begin with two slashes.
    private static bool IsPlain(string path) =>
        !path.Contains("//", StringComparison.Ordinal) && !path.Contains("/.", StringComparison.Ordinal);

    public static string Carry(string path, string? returnUrl) =>
        OrHome(returnUrl) is var url and not Home
            ? $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}ReturnUrl={Uri.EscapeDataString(url)}"
            : path;
}
