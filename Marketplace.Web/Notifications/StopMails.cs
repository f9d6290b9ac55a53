using System.Globalization;
using System.Security.Cryptography;
using Marketplace.Web.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Notifications;

/// <summary>The link that ends notices by mail without signing in. Its token opens nothing else, and never expires.</summary>
public sealed class StopMails(IDataProtectionProvider protection, WriteTransactions transactions)
{
    public const string Page = "/notifications/stop";

    /// <summary>Only for a POST: some mail programs open each link in advance.</summary>
    public const string Post = "/notifications/stop/now";

    private readonly IDataProtector protector = protection.CreateProtector("Marketplace.StopMails");

    internal string PageOf(long userId) => $"{Page}?token={TokenOf(userId)}";

    internal string PostOf(long userId) => $"{Post}?token={TokenOf(userId)}";

    /// <summary>Null if the token is forged.</summary>
    public long? Read(string? token)
    {
        try
        {
            return long.Parse(protector.Unprotect(token ?? ""), CultureInfo.InvariantCulture);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether the token was good. Mails end at once.</summary>
    public async Task<bool> StopAsync(string? token)
    {
        if (Read(token) is not { } userId)
            return false;
        await transactions.InTransactionAsync(async db =>
        {
            if (await db.Users.AnyAsync(user => user.Id == userId))
                (await db.NotificationPreferences.FindOrAddAsync(userId)).OffMail = NoticeSubjects.All;
            return true;
        });
        return true;
    }

    private string TokenOf(long userId) => protector.Protect(userId.ToString(CultureInfo.InvariantCulture));
}
