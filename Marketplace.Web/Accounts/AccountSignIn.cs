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
    public override async Task<bool> CanSignInAsync(User user) =>
        user.SuspendedAt is null && await base.CanSignInAsync(user);
}
