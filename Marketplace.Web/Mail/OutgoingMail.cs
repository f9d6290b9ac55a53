namespace Marketplace.Web.Mail;

/// <param name="Html">The same as the text, for programs that show it; null for text alone.</param>
/// <param name="Unsubscribe">Where a POST ends mails like this one at once, without signing in (RFC 8058).</param>
public sealed record OutgoingMail(
    string To,
    string Subject,
    string Text,
    string? Html = null,
    string? Unsubscribe = null
);
