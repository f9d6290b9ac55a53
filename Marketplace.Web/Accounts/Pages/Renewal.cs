using Marketplace.Web.Accounts.Sessions;
using Microsoft.AspNetCore.Authentication;

namespace Marketplace.Web.Accounts.Pages;

internal static class Renewal
{
    /// <summary><c>RefreshSignInAsync</c> cannot: it reads the cookie again, whose session has the old stamp.</summary>
    public static Task RenewAsync(this AccountSignIn signIn, HttpContext http, User user)
    {
        var ticket = http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult;
        var own = http.User.FindAll(claim => claim.Type is "amr" or SessionClaims.Id);
        return signIn.SignInWithClaimsAsync(user, ticket?.Properties, own);
    }
}
