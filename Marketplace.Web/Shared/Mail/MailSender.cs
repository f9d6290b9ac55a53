using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace Marketplace.Web.Shared.Mail;

/// <summary>Sends plain-text mails.</summary>
public sealed class MailSender(MailSettings settings, ILogger<MailSender> log)
{
    /// <summary>A person waits for it in front of a page.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>False where mail has no way to leave: who would offer it says so instead.</summary>
    public bool IsConfigured => settings.Host is not null || settings.Folder is not null;

    /// <summary>Sends one mail; false, and a line in the log, if that failed.</summary>
    public async Task<bool> SendAsync(string to, string subject, string body)
    {
        try
        {
            using var client = Client();
            using var message = Message(to, subject, body);
            using var patience = new CancellationTokenSource(Patience);
            await client.SendMailAsync(message, patience.Token);
            return true;
        }
        catch (Exception exception)
        {
            var reason = exception.GetBaseException().Message.ReplaceLineEndings(" ");
            log.LogError(
                "A mail could not be sent through {Server}: {Reason}",
                settings.Host ?? settings.Folder,
                reason
            );
            return false;
        }
    }

    private SmtpClient Client()
    {
        if (settings.Folder is { } folder)
        {
            Directory.CreateDirectory(folder);
            return new()
            {
                DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory,
                PickupDirectoryLocation = folder,
            };
        }
        return new(settings.Host, settings.Port)
        {
            EnableSsl = settings.Tls,
            Credentials = settings.User is null ? null : new NetworkCredential(settings.User, settings.Password),
        };
    }

    private MailMessage Message(string to, string subject, string body) =>
        new(settings.From, new MailAddress(to))
        {
            Subject = subject,
            SubjectEncoding = Encoding.UTF8,
            Body = body.ReplaceLineEndings("\r\n"),
            BodyEncoding = Encoding.UTF8,
            // In a file, as it is: its links are there to be copied.
            BodyTransferEncoding = settings.Folder is null ? TransferEncoding.Base64 : TransferEncoding.EightBit,
        };
}
