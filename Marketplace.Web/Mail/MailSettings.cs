using MailKit.Security;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
using MimeKit;

namespace Marketplace.Web.Mail;

/// <summary>Mail goes through the server <c>Smtp:Host</c>, into a folder, or, with neither, nowhere.</summary>
/// <param name="Tls">Never opportunistic, which an attacker in between could downgrade.</param>
public sealed record MailSettings(
    string? Host,
    int Port,
    string? User,
    string? Password,
    MailboxAddress From,
    SecureSocketOptions Tls,
    string? Folder
)
{
    /// <summary>Reads <c>Smtp:*</c>, or stops the start. Without a server, Development uses App_Data/mail.</summary>
    public static MailSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var host = ReadHost(configuration);
        if (host is not null && !environment.IsDevelopment())
            SiteSettings.RequireForMail(configuration);
        var user = Text(configuration, "Smtp:User");
        var folder = Path.Combine(environment.ContentRootPath, "App_Data", "mail");
        var port = configuration.Number("Smtp:Port", fallback: 587, least: 1, most: 65_535);
        return new MailSettings(
            host,
            port,
            user,
            ReadPassword(configuration, user),
            ReadFrom(configuration, host),
            ReadTls(configuration, port),
            host is null && environment.IsDevelopment() ? folder : null
        );
    }

    private static string? ReadHost(IConfiguration configuration)
    {
        var host = Text(configuration, "Smtp:Host");
        return host is null || Uri.CheckHostName(host) is not UriHostNameType.Unknown
            ? host
            : throw new SettingException("Smtp:Host", host, "the name or address of a mail server");
    }

    private static string? ReadPassword(IConfiguration configuration, string? user)
    {
        var password = Text(configuration, "Smtp:Password");
        return user is null || password is not null
            ? password
            : throw new SettingException("Smtp:Password", password, "the password of Smtp:User");
    }

    // Port 465 is TLS from the first byte (RFC 8314); other ports start in plain text.
    private static SecureSocketOptions ReadTls(IConfiguration configuration, int port) =>
        Text(configuration, "Smtp:Tls")?.ToLowerInvariant() switch
        {
            null or "true" => port == 465 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls,
            "starttls" => SecureSocketOptions.StartTls,
            "implicit" => SecureSocketOptions.SslOnConnect,
            "none" or "false" => SecureSocketOptions.None,
            var read => throw new SettingException("Smtp:Tls", read, "true, false, StartTls, Implicit or None"),
        };

    private static MailboxAddress ReadFrom(IConfiguration configuration, string? host)
    {
        var from = Text(configuration, "Smtp:From") ?? (host is null ? "marketplace@localhost" : null);
        return MailboxAddress.TryParse(from, out var address) && address.Domain.Length > 0
            ? address
            : throw new SettingException("Smtp:From", from, "the e-mail address that mails are sent from");
    }

    private static string? Text(IConfiguration configuration, string key) =>
        string.IsNullOrWhiteSpace(configuration[key]) ? null : configuration[key];
}
