using System.Globalization;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketplace.Web.Listings;

/// <summary>Moves a seller's listing by a plain form; the redirect carries the former state for an undo.</summary>
internal static class StateEndpoint
{
    /// <param name="person">The buyer; ignored if that person has not asked about the listing.</param>
    public static async Task<IResult> PostAsync(
        long id,
        [FromForm] ListingState state,
        [FromForm] string? person,
        [FromForm] string? moves,
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
        int? seen = int.TryParse(moves, CultureInfo.InvariantCulture, out var number) ? number : null;
        var settled = await deals.SettleAsync(id, state, known, seen);
        return settled.Refusal?.Kind switch
        {
            null when before is not null => TypedResults.LocalRedirect("~" + Told(back, before)),
            RefusalKind.Conflict => TypedResults.LocalRedirect($"~/listings/{id}?notice=changed"),
            RefusalKind.Forbidden => TypedResults.LocalRedirect(
                $"~/listings/{id}?notice={(await listings.FindAsync(id) is { IsRemoved: true } ? "removed" : "restricted")}"
            ),
            RefusalKind.Busy => TypedResults.LocalRedirect($"~/listings/{id}?notice=unsaved"),
            _ => TypedResults.NotFound(),
        };
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
