using System.Globalization;
using System.Security.Cryptography;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace Marketplace.Web.Listings;

/// <summary>A visitor pressed Contactar: a signed cookie that only our own form sets; a link alone cannot.</summary>
public sealed class ContactIntent(
    IDataProtectionProvider protection,
    IHttpContextAccessor accessor,
    CookieNames cookies
)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    private readonly ITimeLimitedDataProtector protector = protection
        .CreateProtector("Marketplace.ContactIntent")
        .ToTimeLimitedDataProtector();

    private string Cookie => cookies.Of("contact");

    private HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("Only within a request.");

    public void Keep(long listingId) =>
        Http.Response.Cookies.Append(
            Cookie,
            protector.Protect(listingId.ToString(CultureInfo.InvariantCulture), Life),
            new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = Life,
                SameSite = SameSiteMode.Lax,
            }
        );

    public bool IsKept(long listingId)
    {
        try
        {
            return Http.Request.Cookies[Cookie] is { } kept
                && protector.Unprotect(kept) == listingId.ToString(CultureInfo.InvariantCulture);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public void Forget()
    {
        if (Http.Request.Cookies.ContainsKey(Cookie))
            Http.Response.Cookies.Delete(Cookie, new CookieOptions { Secure = true });
    }
}
