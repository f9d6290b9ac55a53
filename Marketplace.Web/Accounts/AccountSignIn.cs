using System.Security.Claims;
using Marketplace.Web.Accounts.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Marketplace.Web.Accounts;

/// <summary>Identity's sign-in, refused to suspended accounts.</summary>
public sealed class AccountSignIn(
    AccountManager accounts,
    IHttpContextAccessor context,
    IUserClaimsPrincipalFactory<User> principals,
    IOptions<IdentityOptions> options,
    ILogger<AccountSignIn> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<User> confirmation,
    SessionService sessions
) : SignInManager<User>(accounts, context, principals, options, logger, schemes, confirmation)
{
    /// <summary>Whether the account is suspended; told for the right password only. A wrong one counts as failed.</summary>
    public async Task<bool> IsSuspendedAsync(User user, string password)
    {
        if (user.SuspendedAt is null || await UserManager.IsLockedOutAsync(user))
            return false;
        if (await UserManager.CheckPasswordAsync(user, password))
            return true;
        await UserManager.AccessFailedAsync(user);
        return false;
    }

    /// <summary>Signs in with a new session, or renews the one that the claims name.</summary>
    public override async Task SignInWithClaimsAsync(
        User user,
        AuthenticationProperties? authenticationProperties,
        IEnumerable<Claim> additionalClaims
    )
    {
        var claims = additionalClaims.ToList();
        var isToken = AuthenticationScheme == IdentityConstants.BearerScheme;
        var properties = authenticationProperties ?? new();
        if (Guid.TryParse(claims.Find(claim => claim.Type == SessionClaims.Id)?.Value, out var own))
            await sessions.RenewAsync(user, own);
        else
        {
            // Programs do not run on shared desktops, so their sessions are always kept.
            var isKept = isToken || properties.IsPersistent;
            var session = await sessions.BeginAsync(user, isKept, Context, hasRefresh: isToken);
            claims.AddRange(session.Claims());
            properties.ExpiresUtc = isToken ? null : session.EndsAt;
        }
        await base.SignInWithClaimsAsync(user, properties, claims);
    }

    internal async Task<ClaimsPrincipal> ContinueAsync(User user, Guid session, Guid refresh)
    {
        var principal = await CreateUserPrincipalAsync(user);
        ((ClaimsIdentity)principal.Identity!).AddClaims(SessionClaims.Of(session, refresh));
        return principal;
    }

    /// <summary>Ends the session everywhere, not only in this browser.</summary>
    public override async Task SignOutAsync()
    {
        await sessions.EndOwnAsync();
        await base.SignOutAsync();
    }

    public override async Task<bool> CanSignInAsync(User user) =>
        user.SuspendedAt is null && await base.CanSignInAsync(user);
}
