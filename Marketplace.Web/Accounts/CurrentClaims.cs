using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Marketplace.Web.Accounts;

/// <summary>Replaces role claims by the current roles, and an invalid principal by an anonymous one.</summary>
internal sealed class CurrentClaims(AccountStates states, IOptions<IdentityOptions> identity) : IClaimsTransformation
{
    private const string Suspended = "suspended";

    private static readonly ClaimsPrincipal Visitor = new(new ClaimsIdentity());
    private static readonly ClaimsPrincipal Barred = new(new ClaimsIdentity([new Claim(Suspended, "")]));

    /// <summary>Whether this visitor's session was ended by a suspension.</summary>
    public static bool IsSuspended(ClaimsPrincipal visitor) => visitor.HasClaim(claim => claim.Type == Suspended);

    public async Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        // Intermediate sign-in principals (a pending second factor) have no user id and no rights.
        if (!principal.HasClaim(claim => claim.Type == identity.Value.ClaimsIdentity.UserIdClaimType))
            return principal;
        return await states.FindAsync(principal) is { } state ? WithRoles(principal, state)
            : await states.IsSuspendedAsync(principal) ? Barred
            : Visitor;
    }

    private static ClaimsPrincipal WithRoles(ClaimsPrincipal principal, AccountState state)
    {
        var current = ((ClaimsIdentity)principal.Identity!).Clone();
        foreach (var claim in current.FindAll(current.RoleClaimType).ToList())
            current.RemoveClaim(claim);
        foreach (var role in state.Roles)
            current.AddClaim(new Claim(current.RoleClaimType, role));
        return new ClaimsPrincipal(current);
    }
}
