using Marketplace.Web.Mail;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Accounts;

/// <summary>The mails of this feature, in the language of who asked for them, with links to the site.</summary>
/// <remarks>They carry nothing that a person chose, such as a name: whoever asks may not own the address.</remarks>
public sealed class AccountMails(
    MailSender sender,
    MailSettings settings,
    NavigationManager navigation,
    IStringLocalizer<AccountTexts> texts
)
{
    /// <summary>False where no mail server is configured.</summary>
    public bool CanSend => sender.IsConfigured;

    /// <summary>Sends the link that sets a new password; gives why, if the mail was not sent.</summary>
    public Task<Refusal?> SendResetAsync(string email, string code) =>
        SendAsync("Mail.Reset", email, Link("account/reset-password", new() { ["code"] = code, ["email"] = email }));

    /// <summary>Sends the link that makes <paramref name="email"/> the account's address, to that address; gives why, if not.</summary>
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
