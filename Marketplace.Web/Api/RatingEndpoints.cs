using Marketplace.Web.Chat.Ratings;
using Marketplace.Web.Shared.Hosting;

namespace Marketplace.Web.Api;

/// <param name="Stars">1 to 5.</param>
/// <param name="Line">At most 200 UTF-16 units; null for none.</param>
public sealed record RatingCall(int Stars, string? Line = null);

internal static class RatingEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/rooms/{id:long}/rating", RateAsync)
            .RequireAuthorization()
            .WithTags("rooms")
            .WithName("rate")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithSummary("Rates the other of a sold room")
            .WithDescription(
                "Within seven days of the sale; replaces the caller's earlier rating. 409 where nothing is sold, or where the "
                    + "ratings show already: when both have rated, or after the seven days."
            );

    private static async Task<IResult> RateAsync(long id, RatingCall call, HttpContext http, RatingService ratings)
    {
        var made = await ratings.RateAsync(id, call.Stars, call.Line);
        return made.Succeeded ? TypedResults.NoContent() : made.Refusal.Problem(http);
    }
}
