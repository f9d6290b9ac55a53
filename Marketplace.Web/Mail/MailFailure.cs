using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Marketplace.Web.Mail;

/// <summary>What became of a mail.</summary>
public enum MailOutcome
{
    Sent,

    /// <summary>This address or this mail is not accepted, and will not be (5xx).</summary>
    Refused,

    /// <summary>The server is away, slow, or says "later" (4xx).</summary>
    TryLater,

    /// <summary>Who runs the site must act: wrong credentials, no trusted TLS, a sender that the server does not take.</summary>
    Misconfigured,
}

/// <summary>Tells from an exception what became of a mail, and why, in one line.</summary>
internal static class MailFailure
{
    public static (MailOutcome Outcome, string Reason) Explain(Exception exception) =>
        (Outcome(exception), Reason(exception).ReplaceLineEndings(" "));

    private static MailOutcome Outcome(Exception exception) =>
        exception switch
        {
            SmtpCommandException command => Outcome(command),
            // A sign-in may be refused for now too.
            AuthenticationException { InnerException: SmtpCommandException { StatusCode: < (SmtpStatusCode)500 } } =>
                MailOutcome.TryLater,
            ParseException or AddressNeedsUtf8Exception => MailOutcome.Refused,
            IOException or SocketException or OperationCanceledException or TimeoutException => MailOutcome.TryLater,
            SmtpProtocolException or ServiceNotConnectedException => MailOutcome.TryLater,
            _ => MailOutcome.Misconfigured,
        };

    private static MailOutcome Outcome(SmtpCommandException command) =>
        command switch
        {
            { StatusCode: < (SmtpStatusCode)500 } => MailOutcome.TryLater,
            { ErrorCode: SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted } =>
                MailOutcome.Refused,
            _ => MailOutcome.Misconfigured,
        };

    private static string Reason(Exception exception) =>
        exception switch
        {
            SmtpCommandException command => $"{(int)command.StatusCode} {command.Message}",
            SslHandshakeException { ServerCertificate: { } certificate } =>
                $"the server's certificate is not trusted ({certificate.Subject})",
            OperationCanceledException => "the server did not answer in time",
            _ => exception.Message,
        };
}

/// <summary>The server takes ASCII addresses only, and the part before the @ can't be written that way.</summary>
internal sealed class AddressNeedsUtf8Exception(Exception inner) : Exception(inner.Message, inner);
