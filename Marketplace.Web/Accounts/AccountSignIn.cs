using System.Security.Claims;
using Marketplace.Web.Accounts.Credentials;
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
    SessionService sessions,
    KnownDevices devices,
    SecurityLog security
) : SignInManager<User>(accounts, context, principals, options, logger, schemes, confirmation)
{
    public Task<SignInResult> EnterAsync(User user, bool isPersistent) => SignInOrTwoFactorAsync(user, isPersistent);

    /// <summary>Signs in after password and second factor, or after a passkey, which is both.</summary>
    public async Task EnterAfterSecondStepAsync(User user, bool isPersistent)
    {
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        var properties = new AuthenticationProperties { IsPersistent = isPersistent };
        await SignInWithClaimsAsync(user, properties, [new Claim("amr", "mfa")]);
    }

    /// <remarks>Identity throws where this browser has asked for none, or sends an empty one, which anybody can do.</remarks>
    public override async Task<PasskeyAttestationResult> PerformPasskeyAttestationAsync(string credentialJson)
    {
        try
        {
            return await base.PerformPasskeyAttestationAsync(credentialJson);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            return PasskeyAttestationResult.Fail(new PasskeyException(exception.Message, exception));
        }
    }

    public override async Task<PasskeyAssertionResult<User>> PerformPasskeyAssertionAsync(string credentialJson)
    {
        try
        {
            return await base.PerformPasskeyAssertionAsync(credentialJson);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            return PasskeyAssertionResult.Fail<User>(new PasskeyException(exception.Message, exception));
        }
    }

    public override async Task SignInWithClaimsAsync(
        User user,
        AuthenticationProperties? authenticationProperties,
        IEnumerable<Claim> additionalClaims
    )
    {
        var claims = additionalClaims.ToList();
        var isToken = AuthenticationScheme == IdentityConstants.BearerScheme;
        var properties = authenticationProperties ?? new();
        await UserManager.ResetAccessFailedCountAsync(user);
        // Programs do not run on shared desktops, so their sessions are always kept.
        var isKept = isToken || properties.IsPersistent;
        var session = await sessions.BeginAsync(user, isKept, Context, hasRefresh: isToken);
        claims.AddRange(session.Claims());
        properties.ExpiresUtc = isToken ? null : session.EndsAt;
        if (!isToken)
            devices.Remember(user);
        security.Write(SecurityEvent.SignedIn, user.Id, session.Id);
        await base.SignInWithClaimsAsync(user, properties, claims);
    }

    /// <summary>Writes the cookie anew after a proof or a change of the account, with another id of the session.</summary>
    /// <remarks><c>RefreshSignInAsync</c> cannot: it reads the cookie again, whose session has the old stamp.</remarks>
    internal async Task RenewAsync(HttpContext http, User user, bool isProved)
    {
        var ticket = http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult;
        var claims = http.User.FindAll("amr").ToList();
        if (http.User.Session() is { } own)
            claims.AddRange(SessionClaims.Of(await sessions.ReplaceAsync(user, own, isProved), refresh: null));
        await base.SignInWithClaimsAsync(user, ticket?.Properties, claims);
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
