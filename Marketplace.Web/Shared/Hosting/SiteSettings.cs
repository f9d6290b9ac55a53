namespace Marketplace.Web.Shared.Hosting;

/// <summary>The setting <c>Site:Url</c>: the scheme and host under which people reach the site; null if not set.</summary>
public sealed record SiteSettings(Uri? Url)
{
    private const string Key = "Site:Url";
    private const string Allowed = "the site's http or https address without a path, such as https://example.org";

    public static SiteSettings Read(IConfiguration configuration)
    {
        var read = configuration[Key];
        if (string.IsNullOrWhiteSpace(read))
            return new SiteSettings(Url: null);
        return Uri.TryCreate(read, UriKind.Absolute, out var url) && IsOrigin(url)
            ? new(url)
            : throw new SettingException(Key, read, Allowed);
    }

    /// <summary>Links in mails must not follow the request, whose sender chooses its host.</summary>
    public static void RequireForMail(IConfiguration configuration)
    {
        if (Read(configuration).Url is null)
            throw new SettingException(Key, null, $"{Allowed}, as mails carry links to it");
    }

    private static bool IsOrigin(Uri url) =>
        url.Scheme is "https" or "http"
        && url.PathAndQuery == "/"
        && url.Fragment.Length == 0
        && url.UserInfo.Length == 0;
}
