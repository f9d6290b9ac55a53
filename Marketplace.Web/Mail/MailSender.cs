using System.Net.Security;
using MailKit.Net.Smtp;
using MimeKit;
using MimeKit.Utils;

namespace Marketplace.Web.Mail;

public sealed class MailSender(MailSettings settings, ILogger<MailSender> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly RemoteCertificateValidationCallback? trust;

    /// <summary>For tests, whose servers use untrusted certificates.</summary>
    internal MailSender(MailSettings settings, ILogger<MailSender> log, RemoteCertificateValidationCallback trust)
        : this(settings, log) => this.trust = trust;

    public bool IsConfigured => settings.Host is not null || settings.Folder is not null;

    public Task<MailOutcome> SendAsync(string to, string subject, string text) =>
        SendAsync(new(to, subject, text), MimeUtils.GenerateMessageId("id").Split('@')[0]);

    /// <summary>Sends one mail; logs the outcome and the reason unless it was sent.</summary>
    /// <param name="id">The same for each attempt.</param>
    public async Task<MailOutcome> SendAsync(OutgoingMail mail, string id)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using var message = Message(mail, id);
            await (settings.Folder is { } folder ? WriteAsync(message, folder) : SendAsync(message, patience.Token));
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

    private async Task SendAsync(MimeMessage message, CancellationToken patience)
    {
        using var client = new SmtpClient
        {
            Timeout = (int)Patience.TotalMilliseconds,
            ServerCertificateValidationCallback = trust,
            // Revocation checks need HTTP to the authority, which many servers block; mail would then fail.
            CheckCertificateRevocation = false,
        };
        await client.ConnectAsync(settings.Host!, settings.Port, settings.Tls, patience);
        if (settings.User is { } user)
            await client.AuthenticateAsync(user, settings.Password!, patience);
        await SendAsync(client, message, patience);
        await client.DisconnectAsync(quit: true, patience);
    }

    // MailKit has no exception of its own for an address such as josé@… on an ASCII-only server.
    private static async Task SendAsync(SmtpClient client, MimeMessage message, CancellationToken patience)
    {
        try
        {
            await client.SendAsync(message, patience);
        }
        catch (NotSupportedException exception)
        {
            throw new AddressNeedsUtf8Exception(exception);
        }
    }
}
