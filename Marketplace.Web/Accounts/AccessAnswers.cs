using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Accounts;

/// <summary>Forbidden becomes 404, so that a missing role reveals nothing; a suspended bearer's 401 says so, and that of a page's script.</summary>
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
            var services = context.RequestServices;
            services.GetRequiredService<SecurityLog>().Write(SecurityEvent.AccessRefused, null);
            if (await services.GetRequiredService<CurrentUser>().FindAsync() is { LacksSecondFactor: true })
            {
                context.Response.Redirect("/account/manage/two-factor?needed=true");
                return;
            }
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        await framework.HandleAsync(next, context, policy, authorizeResult);
        if (
            authorizeResult.Challenged
            && context.Response.StatusCode == StatusCodes.Status401Unauthorized
            && SentenceFor(context) is { } sentence
        )
            await TypedResults
                .Problem(texts[sentence], statusCode: StatusCodes.Status401Unauthorized)
                .ExecuteAsync(context);
    }

    private static string? SentenceFor(HttpContext context) =>
        CurrentClaims.IsSuspended(context.User) ? "Login.Suspended"
        : CallPaths.IsOfScript(context.Request.Path) ? "Login.Ended"
        : null;
}
