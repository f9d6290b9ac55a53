using System.Net.Security;
using MailKit.Net.Smtp;
using MimeKit;
using MimeKit.Utils;

namespace Marketplace.Web.Mail;

public sealed class MailSender(MailSettings settings, ILogger<MailSender> log)
{
    /// <summary>
    /// Shorter than the outbox's lease, and long enough for a slow server: one that is left before it answers has often
    /// taken the mail, and gets it again (RFC 5321, section 4.5.3.2.6).
    /// </summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly RemoteCertificateValidationCallback? trust;
    private readonly TimeSpan patience = Patience;

    /// <summary>For tests, whose servers use untrusted certificates or never answer.</summary>
    internal MailSender(
        MailSettings settings,
        ILogger<MailSender> log,
        RemoteCertificateValidationCallback? trust,
        TimeSpan? patience = null
    )
        : this(settings, log) => (this.trust, this.patience) = (trust, patience ?? Patience);

    public bool IsConfigured => settings.Host is not null || settings.Folder is not null;

    public Task<MailOutcome> SendAsync(string to, string subject, string text) =>
        SendAsync(new(to, subject, text), MimeUtils.GenerateMessageId("id").Split('@')[0]);

    /// <summary>Sends one mail; logs the outcome and the reason unless it was sent.</summary>
    /// <param name="id">The same for each attempt.</param>
    public async Task<MailOutcome> SendAsync(OutgoingMail mail, string id)
    {
        using var waiting = new CancellationTokenSource(patience);
        try
        {
            using var message = Message(mail, id);
            await (settings.Folder is { } folder ? WriteAsync(message, folder) : SendAsync(message, waiting.Token));
            return MailOutcome.Sent;
        }
        catch (Exception exception)
        {
            var (outcome, reason) = MailFailure.Explain(exception);
            log.LogError(
                "A mail was not sent through {Server} ({Outcome}): {Reason}",
                settings.Host ?? settings.Folder,
                outcome,
                reason
            );
            return outcome;
        }
    }

    private MimeMessage Message(OutgoingMail mail, string id)
    {
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            // The default would reveal this machine's name.
            MessageId = $"{id}@{settings.From.Domain}",
            Body = Part("plain", mail.Text.ReplaceLineEndings("\r\n")),
        };
        if (mail.Html is { } html)
            message.Body = new MultipartAlternative(message.Body, Part("html", html));
        if (mail.Unsubscribe is { } address)
        {
            message.Headers.Add("List-Unsubscribe", $"<{address}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        // So that no holiday answers come back (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.From.Add(settings.From);
        message.To.Add(MailboxAddress.Parse(mail.To));
        return message;
    }

    private TextPart Part(string kind, string text) =>
        new(kind)
        {
            Text = text,
            // Unencoded in files, so that links can be copied.
            ContentTransferEncoding = settings.Folder is null
                ? ContentEncoding.QuotedPrintable
                : ContentEncoding.EightBit,
        };

    private static async Task WriteAsync(MimeMessage message, string folder)
    {
        Directory.CreateDirectory(folder);
        var format = FormatOptions.Default.Clone();
        format.International = true;
        await message.WriteToAsync(format, Path.Combine(folder, $"{Guid.NewGuid()}.eml"));
    }

    private async Task SendAsync(MimeMessage message, CancellationToken cancellation)
    {
        using var client = new SmtpClient
        {
            Timeout = (int)patience.TotalMilliseconds,
            ServerCertificateValidationCallback = trust,
            // Revocation checks need HTTP to the authority, which many servers block; mail would then fail.
            CheckCertificateRevocation = false,
        };
        await client.ConnectAsync(settings.Host!, settings.Port, settings.Tls, cancellation);
        if (settings.User is { } user)
            await client.AuthenticateAsync(user, settings.Password!, cancellation);
        await SendAsync(client, message, cancellation);
        await client.DisconnectAsync(quit: true, cancellation);
    }

    // MailKit has no exception of its own for an address such as josé@… on an ASCII-only server.
    private static async Task SendAsync(SmtpClient client, MimeMessage message, CancellationToken cancellation)
    {
        try
        {
            await client.SendAsync(message, cancellation);
        }
        catch (NotSupportedException exception)
        {
            throw new AddressNeedsUtf8Exception(exception);
        }
    }
}
