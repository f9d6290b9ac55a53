using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Marketplace.Web.Safety.Reports;

/// <summary>The link by which a person whose account is suspended reads what was decided on them, and objects. Its key
/// opens nothing else.</summary>
public sealed class DecisionLinks(IDataProtectionProvider protection)
{
    public const string Page = "/decisions";

    private readonly IDataProtector protector = protection.CreateProtector("Marketplace.DecisionLinks");

    public string PageOf(long personId, long reportId) =>
        $"{Page}?key={protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{personId}:{reportId}"))}";

    /// <summary>Null if the key is forged.</summary>
    public (long PersonId, long ReportId)? Read(string? key)
    {
        try
        {
            var parts = protector.Unprotect(key ?? "").Split(':');
            return (
                long.Parse(parts[0], CultureInfo.InvariantCulture),
                long.Parse(parts[1], CultureInfo.InvariantCulture)
            );
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
