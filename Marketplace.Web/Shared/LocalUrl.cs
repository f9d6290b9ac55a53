using System.Text.RegularExpressions;

namespace Marketplace.Web.Shared;

internal static partial class LocalUrl
{
    public const string Home = "/";

    // A second slash, or a backslash that browsers read as one, would name another host. A header holds ASCII only.
    public static string OrHome(string? url) =>
        url is ['/', ..]
        && url.All(c => c is > ' ' and <= '~' and not '\\')
        && IsPage(Uri.UnescapeDataString(url.Split('?', '#')[0]))
            ? url
            : Home;

    // Browsers resolve dots, and "/.//host" would then begin with two slashes.
    private static bool IsPage(string path) =>
        !path.Contains("//", StringComparison.Ordinal)
        && !path.Contains("/.", StringComparison.Ordinal)
        && !path.Any(char.IsControl)
        && !Posted().IsMatch(path);

    public static string Carry(string path, string? returnUrl) =>
        OrHome(returnUrl) is var url and not Home
            ? $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}ReturnUrl={Uri.EscapeDataString(url)}"
            : path;

    /// <summary>What takes forms and calls only, so that nobody can be led there.</summary>
    [GeneratedRegex(
        "^/(api|hubs|_blazor|files|preferences|account/logout|account/passkeys|account/manage/data/archive|"
            + "notifications/(stop/now|read|stream)|listings/[0-9]+/(contact|favourite|state)|"
            + "admin/rooms/[0-9]+/transcript)(/|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Posted();
}
