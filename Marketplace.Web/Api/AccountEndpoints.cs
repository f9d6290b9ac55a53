using Marketplace.Web.Accounts;
using Marketplace.Web.Accounts.Credentials;
using Marketplace.Web.Accounts.Sessions;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Marketplace.Web.Api;

/// <summary>The credentials of an account; the code only if two-factor sign-in is on.</summary>
public sealed record LoginRequest(string? Email, string? Password, string? TwoFactorCode = null);

public sealed record RefreshRequest(string? RefreshToken);

public sealed record MeAnswer(long Id, string DisplayName, string Email, IReadOnlyList<string> Roles);

internal static class AccountEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var account = api.MapGroup("/account").WithTags("account");
        account
            .MapPost("/login", LoginAsync)
            .WithMetadata(new LimitedAttribute("SignIn", 60) { Hashes = true })
            .Produces<AccessTokenResponse>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .WithName("login")
            .WithSummary("Signs in")
            .WithDescription(
                "Gives bearer tokens for an account; twoFactorCode is asked for where a second factor is on."
            );
        account
            .MapPost("/refresh", RefreshAsync)
            .WithMetadata(new LimitedAttribute("Refresh", 120))
            .Produces<AccessTokenResponse>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .WithName("refresh")
            .WithSummary("Renews the tokens")
            .WithDescription("Gives new tokens for a refresh token. One that was used before ends the session.");
        account
            .MapPost("/logout", LogoutAsync)
            .RequireAuthorization()
            .Produces(StatusCodes.Status204NoContent)
            .WithName("logout")
            .WithSummary("Signs out")
            .WithDescription("Ends the session of the token or of the cookie: its tokens, pages and connections.");
        account
            .MapGet("/me", MeAsync)
            .RequireAuthorization()
            .WithName("me")
            .Produces<MeAnswer>()
            .WithSummary("Tells who is signed in")
            .WithDescription("The account of the token or of the session.");
    }

    private static async Task<IResult> LoginAsync(
        LoginRequest request,
        HttpContext http,
        CredentialService credentials,
        AccountSignIn signIn,
        IStringLocalizer<ApiTexts> texts
    )
    {
        var check = await credentials.CheckPasswordAsync(request.Email, request.Password);
        if (!check.Succeeded)
            return Refused(http, check.Refusal);
        if (check.Value is { TwoFactorEnabled: true } user)
        {
            if (string.IsNullOrWhiteSpace(request.TwoFactorCode))
                return Refused(texts["Login.TwoFactor"]);
            var code = await credentials.CheckCodeAsync(user, CodeForm.Clean(request.TwoFactorCode));
            if (!code.Succeeded)
                return Refused(http, code.Refusal);
        }
        signIn.AuthenticationScheme = IdentityConstants.BearerScheme;
        await signIn.SignInAsync(check.Value, isPersistent: false);
        return TypedResults.Empty;
    }

    private static async Task<IResult> RefreshAsync(
        RefreshRequest request,
        IOptionsMonitor<BearerTokenOptions> options,
        TimeProvider clock,
        AccountStates states,
        SessionService sessions,
        AccountManager accounts,
        AccountSignIn signIn,
        IStringLocalizer<ApiTexts> texts,
        IStringLocalizer<AccountTexts> accountTexts
    )
    {
        var ticket = options.Get(IdentityConstants.BearerScheme).RefreshTokenProtector.Unprotect(request.RefreshToken);
        if (ticket is not { Principal: var token, Properties.ExpiresUtc: { } expires } || clock.GetUtcNow() >= expires)
            return Refused(texts["Login.Expired"]);
        if (await states.IsSuspendedAsync(token))
            return Refused(accountTexts["Login.Suspended"]);
        if (
            await states.FindAsync(token) is not { } account
            || await sessions.RotateAsync(account.Id, token) is not { } next
            || await accounts.FindByIdAsync($"{account.Id}") is not { } user
        )
            return Refused(texts["Login.Expired"]);
        return TypedResults.SignIn(
            await signIn.ContinueAsync(user, token.Session()!.Value, next),
            authenticationScheme: IdentityConstants.BearerScheme
        );
    }

    private static async Task<IResult> LogoutAsync(SessionService sessions)
    {
        await sessions.EndOwnAsync();
        return TypedResults.NoContent();
    }

    private static async Task<IResult> MeAsync(CurrentUser currentUser) =>
        await currentUser.FindAsync() is { } me
            ? TypedResults.Ok(new MeAnswer(me.Id, me.DisplayName, me.Email, [.. me.Roles]))
            : TypedResults.Unauthorized();

    private static IResult Refused(HttpContext http, Refusal refusal) =>
        refusal.RetryAfter is null ? Refused(refusal.Text) : refusal.Problem(http);

    private static IResult Refused(string why) =>
        TypedResults.Problem(why, statusCode: StatusCodes.Status401Unauthorized);
}
