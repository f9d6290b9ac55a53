using Marketplace.Web.Accounts.Credentials;
using Marketplace.Web.Accounts.Sessions;
using Marketplace.Web.Mail;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Accounts;

/// <summary>The mails of this feature, in the language of the request. They are queued, never sent within it.</summary>
/// <remarks>
/// They contain no text that a person chose: the requester may not own the address. Each says when and from which device
/// it was asked for.
/// </remarks>
public sealed class AccountMails(
    MailSender sender,
    MailSpool spool,
    SiteAddress site,
    TimeProvider clock,
    IHttpContextAccessor accessor,
    IStringLocalizer<AccountTexts> texts
)
{
    public bool CanSend => sender.IsConfigured;

    public void SendReset(User user, string code) =>
        SendAsked("Reset", user.Email!, "account/reset-password", new() { ["code"] = code, ["email"] = user.Email });

    public void SendConfirmation(User user, string code, string? returnUrl) =>
        SendAsked(
            "Confirm",
            user.Email!,
            "account/confirm-email",
            new()
            {
                ["id"] = $"{user.Id}",
                ["code"] = code,
                ["returnUrl"] = LocalUrl.OrHome(returnUrl),
            }
        );

    /// <summary>Tells the owner of an address that somebody tried to register with it.</summary>
    public void SendRegistered(string email) => SendAsked("Registered", email, "account/login", []);

    /// <summary>Nobody asks for it: a new lock does, at most once an hour.</summary>
    public void SendUnlock(User user, string code) =>
        Send(spool.Send, "Unlock", user.Email!, "account/unlock", new() { ["id"] = $"{user.Id}", ["code"] = code });

    public void SendEmailChange(User user, string email, string code) =>
        SendAsked(
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
    public void SendChanged(AccountChange change, string email, string code, string? passkey) =>
        Send(spool.Send, $"Changed.{change}", email, "account/take-back", new() { ["code"] = code }, passkey);

    private void SendAsked(string key, string email, string path, Dictionary<string, string?> query) =>
        Send((to, subject, body) => spool.SendAsked(key, to, subject, body), key, email, path, query);

    private void Send(
        Action<string, string, string> send,
        string key,
        string email,
        string path,
        Dictionary<string, string?> query,
        string? passkey = null
    )
    {
        if (!CanSend)
            return;
        var link = QueryHelpers.AddQueryString(site.InMail(path), query);
        var body = texts[$"Mail.{key}.Body", link, Named(passkey ?? "")];
        send(email, texts[$"Mail.{key}.Subject"], $"{body}{Circumstances()}");
    }

    // Where the reader lives is unknown, so that the time is UTC.
    private string Circumstances() =>
        texts[
            "Mail.Circumstances",
            clock.GetUtcNow(),
            Named(DeviceName.Of(accessor.HttpContext?.Request.Headers.UserAgent))
        ];

    private string Named(string device) => device.Length > 0 ? device : texts["Sessions.Unknown"];
}
