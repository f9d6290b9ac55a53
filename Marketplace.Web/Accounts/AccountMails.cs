using Marketplace.Web.Mail;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Accounts;

/// <summary>The mails of this feature, in the language of the person who requested them.</summary>
/// <remarks>They contain no text that a person chose: the requester may not own the address.</remarks>
public sealed class AccountMails(
    MailSender sender,
    MailSettings settings,
    NavigationManager navigation,
    IStringLocalizer<AccountTexts> texts
)
{
    public bool CanSend => sender.IsConfigured;

    /// <summary>Sends the link that sets a new password; returns null if the mail was sent.</summary>
    public Task<Refusal?> SendResetAsync(string email, string code) =>
        SendAsync("Mail.Reset", email, Link("account/reset-password", new() { ["code"] = code, ["email"] = email }));

    /// <summary>Sends the confirmation link to the new address; returns null if the mail was sent.</summary>
    public Task<Refusal?> SendEmailChangeAsync(long id, string email, string code) =>
        SendAsync(
            "Mail.EmailChange",
            email,
            Link(
                "account/confirm-email-change",
                new()
                {
                    ["id"] = id,
                    ["email"] = email,
                    ["code"] = code,
                }
            )
        );

    private async Task<Refusal?> SendAsync(string key, string email, string link) =>
        await sender.SendAsync(email, texts[$"{key}.Subject"], texts[$"{key}.Body", link]) switch
        {
            MailOutcome.Sent => null,
            MailOutcome.Refused => new Refusal(RefusalKind.Invalid, texts["Mail.Refused"]),
            _ => new Refusal(RefusalKind.Busy, texts["Mail.Failed"]),
        };

    private string Link(string path, Dictionary<string, object?> query) =>
        navigation.GetUriWithQueryParameters(
            new Uri(settings.Site ?? new Uri(navigation.BaseUri), path).AbsoluteUri,
            query
        );
}
