using Marketplace.Web.Accounts;
using Marketplace.Web.Listings.Pages;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Marketplace.Web.Listings;

internal static class FavouriteEndpoint
{
    public static async Task<IResult> PostAsync(
        long id,
        [FromForm] bool saved,
        [FromForm] string? returnUrl,
        HttpContext http,
        IAntiforgery antiforgery,
        CurrentUser currentUser,
        FavouriteService favourites
    )
    {
        if (await currentUser.FindAsync() is null)
        {
            var on = saved ? ContinuePage.ToSave(id, LocalUrl.OrHome(returnUrl)) : returnUrl;
            return TypedResults.LocalRedirect(LocalUrl.Carry("~/account/login", on));
        }
        var byScript = http.Request.Headers.Accept == "application/json";
        if (!await antiforgery.IsRequestValidAsync(http))
            return byScript ? TypedResults.BadRequest() : TypedResults.LocalRedirect($"~/listings/{id}?notice=expired");
        if (await favourites.MarkAsync(id, saved) is not null)
            return TypedResults.NotFound();
        return byScript ? TypedResults.NoContent() : TypedResults.LocalRedirect("~" + LocalUrl.OrHome(returnUrl));
    }
}
