using System.Globalization;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;

namespace Marketplace.Web.Accounts.Credentials;

internal static class PasskeyEndpoints
{
    private const string Json = "application/json";

    public static void Map(IEndpointRouteBuilder app)
    {
        var passkeys = app.MapGroup("/account/passkeys").WithMetadata(new LimitedAttribute("SignIn", 60));
        passkeys
            .MapPost("/creation", CreationAsync)
            .RequireAuthorization()
            .WithMetadata(new FreshProofAttribute { Page = "/account/manage/passkeys" });
        passkeys.MapPost("/request", RequestAsync);
    }

    private static async Task<IResult> CreationAsync(
        HttpContext http,
        IAntiforgery antiforgery,
        AccountManager accounts,
        AccountSignIn signIn
    )
    {
        if (!await antiforgery.IsRequestValidAsync(http) || await accounts.GetUserAsync(http.User) is not { } user)
            return TypedResults.BadRequest();
        var entity = new PasskeyUserEntity
        {
            Id = user.Id.ToString(CultureInfo.InvariantCulture),
            Name = user.Email ?? "",
            DisplayName = user.DisplayName,
        };
        return TypedResults.Content(await signIn.MakePasskeyCreationOptionsAsync(entity), Json);
    }

    // Without an account's name: whether it exists, or has a passkey, is told to nobody.
    private static async Task<IResult> RequestAsync(HttpContext http, IAntiforgery antiforgery, AccountSignIn signIn) =>
        await antiforgery.IsRequestValidAsync(http)
            ? TypedResults.Content(await signIn.MakePasskeyRequestOptionsAsync(null), Json)
            : TypedResults.BadRequest();
}
