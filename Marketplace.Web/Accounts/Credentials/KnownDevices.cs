using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Marketplace.Web.Accounts.Sessions;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace Marketplace.Web.Accounts.Credentials;

/// <summary>Browsers of a person's earlier sign-ins: others' guesses lock none out (OWASP, device cookies).</summary>
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

    /// <summary>The device that sent the request; null unless this person has signed in there.</summary>
    internal string? Find(User user) => FindCookie(user) ?? FindSession(user);

    // A browser may have lost the cookie and still hold a session.
    private string? FindSession(User user) =>
        accessor.HttpContext?.User is { } one && one.FindFirstValue(ClaimTypes.NameIdentifier) == Id(user)
            ? one.Session()?.ToString("N")
            : null;

    private string? FindCookie(User user)
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
            protector.Protect($"{Id(user)} {FindCookie(user) ?? $"{Guid.NewGuid():N}"}", clock.GetUtcNow() + Life),
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
