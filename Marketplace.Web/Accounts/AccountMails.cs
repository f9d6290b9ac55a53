using Marketplace.Web.Accounts.Credentials;
using Marketplace.Web.Mail;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Accounts;

/// <summary>The mails of this feature, in the language of the request. They are queued, never sent within it.</summary>
/// <remarks>They contain no text that a person chose: the requester may not own the address.</remarks>
public sealed class AccountMails(
    MailSender sender,
    MailSpool spool,
    SiteAddress site,
    IStringLocalizer<AccountTexts> texts
)
{
    public bool CanSend => sender.IsConfigured;

    public void SendReset(User user, string code) =>
        Send("Reset", user.Email!, "account/reset-password", new() { ["code"] = code, ["email"] = user.Email });

    public void SendConfirmation(User user, string code, string? returnUrl) =>
        Send(
            "Confirm",
            user.Email!,
            "account/confirm-email",
            new()
            {
                ["id"] = $"{user.Id}",
                ["code"] = code,
                ["returnUrl"] = returnUrl,
            }
        );

    /// <summary>Tells the owner of an address that somebody tried to register with it.</summary>
    public void SendRegistered(string email) => Send("Registered", email, "account/login", []);

    public void SendUnlock(User user, string code) =>
        Send("Unlock", user.Email!, "account/unlock", new() { ["id"] = $"{user.Id}", ["code"] = code });

    public void SendEmailChange(User user, string email, string code) =>
        Send(
            "EmailChange",
            email,
            "account/confirm-email-change",
            new()
            {
                ["id"] = $"{user.Id}",
                ["email"] = email,
                ["code"] = code,
            }
        );

    /// <summary>Tells the address that the account had of a change, with the link that takes it back.</summary>
    public void SendChanged(AccountChange change, string email, string code) =>
        Send(spool.Send, $"Changed.{change}", email, "account/take-back", new() { ["code"] = code });

    private void Send(string key, string email, string path, Dictionary<string, string?> query) =>
        Send(spool.SendAsked, key, email, path, query);

    private void Send(
        Action<string, string, string> send,
        string key,
        string email,
        string path,
        Dictionary<string, string?> query
    )
    {
        if (!CanSend)
            return;
        var link = QueryHelpers.AddQueryString(site.InMail(path), query);
        send(email, texts[$"Mail.{key}.Subject"], texts[$"Mail.{key}.Body", link]);
    }
}
