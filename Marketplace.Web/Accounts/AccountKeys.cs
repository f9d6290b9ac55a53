using System.Globalization;
using System.Text;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Identity;

namespace Marketplace.Web.Accounts;

/// <summary>How addresses are compared: as Identity's own does, and it does not fail on what is no character.</summary>
internal sealed class AccountKeys : ILookupNormalizer
{
    public string? NormalizeName(string? name) => name is null ? null : Key(name);

    /// <summary>
    /// The beginning of an address as it is compared, and with its domain in the other form: "ñandú.es" is "xn--and-6ma2c.es".
    /// The same twice where there is no other.
    /// </summary>
    public static (string One, string Other) Forms(string start)
    {
        var key = Key(start);
        var at = key.IndexOf('@') + 1;
        if (at == 0)
            return (key, key);
        var (domain, names) = (key[at..].ToLowerInvariant(), new IdnMapping());
        try
        {
            return (key, Key(key[..at] + (Ascii.IsValid(domain) ? names.GetUnicode(domain) : names.GetAscii(domain))));
        }
        catch (ArgumentException)
        {
            // No domain yet: it is still being typed.
            return (key, key);
        }
    }

    private static string Key(string name) => Folding.Sound(name).Normalize().ToUpperInvariant();

    public string? NormalizeEmail(string? email) => NormalizeName(email);
}
