using System.Globalization;
using System.Security.Cryptography;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace Marketplace.Web.Accounts.Credentials;

/// <summary>
/// Recognizes a browser in which a person has signed in before. It may try their password even while others have locked
/// the account by guessing. See OWASP, "Slow down online guessing attacks with device cookies".
/// </summary>
public sealed class KnownDevices(
    IDataProtectionProvider protection,
    IHttpContextAccessor accessor,
    CookieNames cookies,
    TimeProvider clock
)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(365);

    private readonly ITimeLimitedDataProtector protector = protection
        .CreateProtector("Marketplace.KnownDevice")
        .ToTimeLimitedDataProtector();

    private string Cookie => cookies.Of("device");

    /// <summary>Returns the id of this device if the person has signed in on it; otherwise null.</summary>
    internal string? Find(User user)
    {
        try
        {
            return
                accessor.HttpContext?.Request.Cookies[Cookie] is { } kept
                && protector.Unprotect(kept).Split(' ') is [var id, var device]
                && id == Id(user)
                ? device
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    internal void Remember(User user) =>
        accessor.HttpContext?.Response.Cookies.Append(
            Cookie,
            protector.Protect($"{Id(user)} {Find(user) ?? $"{Guid.NewGuid():N}"}", clock.GetUtcNow() + Life),
            new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = Life,
                SameSite = SameSiteMode.Lax,
            }
        );

    private static string Id(User user) => user.Id.ToString(CultureInfo.InvariantCulture);
}
