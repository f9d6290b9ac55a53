using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Marketplace.Web.Mail;

public enum MailOutcome
{
    Sent,

    /// <summary>This address or mail is permanently rejected (5xx).</summary>
    Refused,

    /// <summary>The server is unreachable, slow, or asks to retry (4xx).</summary>
    TryLater,

    /// <summary>The operator must act: wrong credentials, untrusted TLS, or a rejected sender.</summary>
    Misconfigured,
}

internal static class MailFailure
{
    public static (MailOutcome Outcome, string Reason) Explain(Exception exception) =>
        (Outcome(exception), Reason(exception).ReplaceLineEndings(" "));

    private static MailOutcome Outcome(Exception exception) =>
        exception switch
        {
            SmtpCommandException command => Outcome(command),
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

/// <summary>The server accepts only ASCII addresses, and the part before the @ has no such form.</summary>
internal sealed class AddressNeedsUtf8Exception(Exception inner) : Exception(inner.Message, inner);
