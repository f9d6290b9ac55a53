using System.Globalization;
using System.Text;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Identity;

namespace Marketplace.Web.Accounts;

/// <summary>Normalizes addresses as Identity does, but accepts malformed UTF-16 instead of throwing.</summary>
internal sealed class AccountKeys : ILookupNormalizer
{
    public string? NormalizeName(string? name) => name is null ? null : Key(name);

    /// <summary>The key of an address prefix, and its key in the other IDN form; the same if there is none.</summary>
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
            return (key, key);
        }
    }

    private static string Key(string name) => Folding.Sound(name).Normalize().ToUpperInvariant();

    public string? NormalizeEmail(string? email) => NormalizeName(email);
}
