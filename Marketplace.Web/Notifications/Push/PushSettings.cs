using System.Net.Mail;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;

namespace Marketplace.Web.Notifications.Push;

/// <param name="Subject"><c>Push:Subject</c>: where a push service finds who sends (RFC 8292); null: there is no push.</param>
/// <param name="Keys"><c>Push:PublicKey</c> and <c>Push:PrivateKey</c>; null: the site makes its own.</param>
/// <param name="AllowsLoopback"><c>Push:AllowLoopback</c>: whether a push service may be on this machine, as in tests.</param>
public sealed record PushSettings(string? Subject, VapidPair? Keys, bool AllowsLoopback)
{
    private const string SubjectKey = "Push:Subject";
    private const string PublicKey = "Push:PublicKey";
    private const string PrivateKey = "Push:PrivateKey";
    private const string OfDevelopment = "mailto:push@example.org";

    /// <summary>Reads <c>Push:*</c>, or stops the start.</summary>
    public static PushSettings Read(IConfiguration configuration, IHostEnvironment environment) =>
        new(
            ReadSubject(configuration) ?? Usual(configuration, environment),
            ReadKeys(configuration),
            configuration.Flag("Push:AllowLoopback", fallback: environment.IsDevelopment())
        );

    private static string? ReadSubject(IConfiguration configuration)
    {
        var read = Text(configuration, SubjectKey);
        return read is null || IsContact(read)
            ? read
            : throw new SettingException(
                SubjectKey,
                read,
                "a mailto: or https: address, such as mailto:ana@example.org"
            );
    }

    private static string? Usual(IConfiguration configuration, IHostEnvironment environment) =>
        SiteSettings.Read(configuration).Url is { Scheme: "https" } url ? url.AbsoluteUri
        : environment.IsDevelopment() ? OfDevelopment
        : null;

    private static bool IsContact(string read) =>
        Uri.TryCreate(read, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeMailto && IsMail(read)));

    private static bool IsMail(string read) => MailAddress.TryCreate(read["mailto:".Length..], out _);

    private static VapidPair? ReadKeys(IConfiguration configuration)
    {
        var (known, secret) = (Text(configuration, PublicKey), Text(configuration, PrivateKey));
        if (known is null && secret is null)
            return null;
        if (known is null || VapidPair.ReadPoint(known) is null)
            throw new SettingException(PublicKey, known, "a public key of P-256, 65 bytes in base64url");
        // What was read stays out of the line: it may be the right key of another pair.
        return VapidPair.Read(known, secret ?? "")
            ?? throw new SettingException(
                PrivateKey,
                secret is null ? null : "a key",
                $"the private key of {PublicKey}"
            );
    }

    private static string? Text(IConfiguration configuration, string key) =>
        string.IsNullOrWhiteSpace(configuration[key]) ? null : configuration[key];
}
