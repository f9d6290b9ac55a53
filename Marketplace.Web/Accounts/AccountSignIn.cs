using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Marketplace.Web.Accounts;

/// <summary>Identity's sign-in, closed to who is suspended.</summary>
public sealed class AccountSignIn(
    AccountManager accounts,
    IHttpContextAccessor context,
    IUserClaimsPrincipalFactory<User> principals,
    IOptions<IdentityOptions> options,
    ILogger<AccountSignIn> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<User> confirmation
) : SignInManager<User>(accounts, context, principals, options, logger, schemes, confirmation)
{
    /// <summary>
    /// Whether a suspension is what keeps out this person, who gave a password. Only who knows it learns that, and may
    /// guess no oftener than elsewhere.
    /// </summary>
    public async Task<bool> IsSuspendedAsync(User user, string password)
    {
        if (user.SuspendedAt is null || await UserManager.IsLockedOutAsync(user))
            return false;
        if (await UserManager.CheckPasswordAsync(user, password))
            return true;
        await UserManager.AccessFailedAsync(user);
        return false;
    }

    public override async Task<bool> CanSignInAsync(User user) =>
        user.SuspendedAt is null && await base.CanSignInAsync(user);
}
