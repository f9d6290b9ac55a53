using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Accounts;

/// <summary>
/// How a request without the right is answered, by cookie and by token alike. Who is signed in but lacks the role learns
/// nothing of what is there; a program of somebody suspended learns why it is refused, as the sign-in page tells people.
/// </summary>
internal sealed class AccessAnswers(IStringLocalizer<AccountTexts> texts) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler framework = new();

    public async Task HandleAsync(
        RequestDelegate next,
        HttpContext context,
        AuthorizationPolicy policy,
        PolicyAuthorizationResult authorizeResult
    )
    {
        if (authorizeResult.Forbidden)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        await framework.HandleAsync(next, context, policy, authorizeResult);
        if (
            authorizeResult.Challenged
            && context.Response.StatusCode == StatusCodes.Status401Unauthorized
            && CurrentClaims.IsSuspended(context.User)
        )
            await TypedResults
                .Problem(texts["Login.Suspended"], statusCode: StatusCodes.Status401Unauthorized)
                .ExecuteAsync(context);
    }
}
