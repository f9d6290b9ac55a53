using System.Globalization;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketplace.Web.Listings;

/// <summary>
/// A seller says what became of a listing, by a plain form. The page to go back to learns what it was before, so that it can
/// offer to undo: <c>moved</c>, <c>from</c> and <c>person</c> in its query.
/// </summary>
internal static class StateEndpoint
{
    /// <param name="state">The new state.</param>
    /// <param name="person">Whom it is reserved for or sold to; ignored for whoever has not asked about it.</param>
    /// <param name="back">Our page to go back to; the listing's own by default.</param>
    public static async Task<IResult> PostAsync(
        long id,
        [FromForm] ListingState state,
        [FromForm] string? person,
        [FromForm] string? back,
        HttpContext http,
        IAntiforgery antiforgery,
        ListingService listings,
        IEnquiries enquiries,
        IDeals deals
    )
    {
        if (!Enum.IsDefined(state) || !await antiforgery.IsRequestValidAsync(http))
            return TypedResults.LocalRedirect($"~/listings/{id}?notice=expired");
        var before = await listings.FindAsync(id);
        long? asked = long.TryParse(person, CultureInfo.InvariantCulture, out var who) ? who : null;
        var known = asked is not null && await enquiries.HasAskedAsync(id, who) ? asked : null;
        var refusal = await deals.SettleAsync(id, state, known);
        // The listing has moved all the same.
        if (refusal?.Kind == RefusalKind.Busy)
            return TypedResults.LocalRedirect($"~/listings/{id}?notice=untold");
        return refusal is null && before is not null
            ? TypedResults.LocalRedirect("~" + Told(back, before))
            : TypedResults.NotFound();
    }

    private static string Told(string? back, ListingView before) =>
        QueryHelpers.AddQueryString(
            LocalUrl.OrHome(back) is var url and not LocalUrl.Home ? url : $"/listings/{before.Id}",
            new Dictionary<string, string?>
            {
                ["moved"] = before.Id.ToString(CultureInfo.InvariantCulture),
                ["from"] = before.State.ToString(),
                ["person"] = before.ReservedForId?.ToString(CultureInfo.InvariantCulture),
            }
        );
}
