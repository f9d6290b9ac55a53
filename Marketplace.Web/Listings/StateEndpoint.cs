using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Marketplace.Web.Listings;

/// <summary>A seller says what became of a listing, by a plain form.</summary>
internal static class StateEndpoint
{
    public static async Task<IResult> PostAsync(
        long id,
        [FromForm] ListingState state,
        HttpContext http,
        IAntiforgery antiforgery,
        ListingService listings
    )
    {
        if (!Enum.IsDefined(state) || !await antiforgery.IsRequestValidAsync(http))
            return TypedResults.LocalRedirect($"~/listings/{id}?notice=expired");
        var moved = await listings.MoveToAsync(id, state);
        return moved.Succeeded ? TypedResults.LocalRedirect($"~/listings/{id}") : TypedResults.NotFound();
    }
}
