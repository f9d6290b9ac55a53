using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Marketplace.Web.Listings;

/// <summary>
/// That a visitor pressed Contactar, kept while they sign in: a signed cookie of half an hour, which only the form of one of
/// our own pages sets. Who comes back with it is not asked again; a link alone does nothing.
/// </summary>
public sealed class ContactIntent(IDataProtectionProvider protection, IHttpContextAccessor accessor)
{
    private const string Cookie = "marketplace.contact";

    /// <summary>How long signing in or registering may take.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    private readonly ITimeLimitedDataProtector protector = protection
        .CreateProtector("Marketplace.ContactIntent")
        .ToTimeLimitedDataProtector();

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
                Secure = Http.Request.IsHttps,
            }
        );

    /// <summary>Whether the person of this request pressed Contactar on this listing before signing in.</summary>
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
            Http.Response.Cookies.Delete(Cookie);
    }
}
