using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Negotiation;
using Marketplace.Web.Shared.Hosting;

namespace Marketplace.Web.Api;

internal static class DealEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var deals = api.MapGroup("/rooms/{id:long}/deal").RequireAuthorization().WithTags("rooms");
        deals
            .MapGet("", FindAsync)
            .WithName("getDeal")
            .Produces<Deal>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Returns the deal of a room")
            .WithDescription("Its stage is none before the first offer. Prices are in minor units.");
        deals
            .MapPost("", ActAsync)
            .WithName("actOnDeal")
            .Produces<Deal>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithSummary("Acts on the deal of a room")
            .WithDescription(
                "Offer, accept, decline, withdraw, propose, confirm, arrive, cancel, say or sell. Answers with the deal as it is then; "
                    + "409 where the act is not possible any more. Each client id is done once."
            );
    }

    private static async Task<IResult> FindAsync(long id, HttpContext http, DealService deals)
    {
        var found = await deals.FindAsync(id);
        return found.Succeeded ? TypedResults.Ok(found.Value) : found.Refusal.Problem(http);
    }

    private static async Task<IResult> ActAsync(long id, DealCall call, HttpContext http, DealService deals)
    {
        var made = await deals.DoAsync(id, call);
        return made.Succeeded ? TypedResults.Ok(made.Value) : made.Refusal.Problem(http);
    }
}
