using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Identity;

namespace Marketplace.Web.Accounts;

/// <summary>How addresses are compared: as Identity's own does, and it does not fail on what is no character.</summary>
internal sealed class AccountKeys : ILookupNormalizer
{
    public string? NormalizeName(string? name) =>
        name is null ? null : Folding.Sound(name).Normalize().ToUpperInvariant();

    public string? NormalizeEmail(string? email) => NormalizeName(email);
}
