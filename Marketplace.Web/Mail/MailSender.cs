using System.Net.Security;
using MailKit.Net.Smtp;
using MimeKit;
using MimeKit.Utils;

namespace Marketplace.Web.Mail;

/// <summary>Sends plain-text mails.</summary>
public sealed class MailSender(MailSettings settings, ILogger<MailSender> log)
{
    /// <summary>A person waits for it in front of a page.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly RemoteCertificateValidationCallback? trust;

    /// <summary>For tests, whose servers have certificates that nobody else trusts.</summary>
    internal MailSender(MailSettings settings, ILogger<MailSender> log, RemoteCertificateValidationCallback trust)
        : this(settings, log) => this.trust = trust;

    /// <summary>False where mail has no way to leave: who would offer it says so instead.</summary>
    public bool IsConfigured => settings.Host is not null || settings.Folder is not null;

    /// <summary>Sends one mail; unless it was sent, a line in the log says which outcome, and why.</summary>
    public async Task<MailOutcome> SendAsync(string to, string subject, string body)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using var message = Message(to, subject, body);
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

    private MimeMessage Message(string to, string subject, string body)
    {
        var message = new MimeMessage
        {
            Subject = subject,
            // The default would tell the name of this machine.
            MessageId = MimeUtils.GenerateMessageId(settings.From.Domain),
            Body = new TextPart("plain")
            {
                Text = body.ReplaceLineEndings("\r\n"),
                // In a file, as it is: its links are there to be copied.
                ContentTransferEncoding = settings.Folder is null
                    ? ContentEncoding.QuotedPrintable
                    : ContentEncoding.EightBit,
            },
        };
        message.From.Add(settings.From);
        message.To.Add(MailboxAddress.Parse(to));
        return message;
    }

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
            // Asks the authority over HTTP, which a server that may only reach its mail server can't; then no mail would go.
            CheckCertificateRevocation = false,
        };
        await client.ConnectAsync(settings.Host!, settings.Port, settings.Tls, patience);
        if (settings.User is { } user)
            await client.AuthenticateAsync(user, settings.Password!, patience);
        await SendAsync(client, message, patience);
        await client.DisconnectAsync(quit: true, patience);
    }

    // MailKit has no exception of its own for an address such as josé@… on a server that takes ASCII only.
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
