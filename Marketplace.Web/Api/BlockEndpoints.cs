using Marketplace.Web.Safety;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;

namespace Marketplace.Web.Api;

internal static class BlockEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var blocks = api.MapGroup("/account/blocks").RequireAuthorization().WithTags("account");
        blocks
            .MapGet("", ListAsync)
            .WithName("listBlocks")
            .Produces<ListAnswer<BlockView>>()
            .WithSummary("Lists whom the caller blocks")
            .WithDescription("The newest first, all on one page. Who blocks the caller is told to nobody.");
        blocks
            .MapPut("/{personId:long}", BlockAsync)
            .WithName("block")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithSummary("Blocks a person")
            .WithDescription("Neither then writes to the other. Their rooms stay readable; the person is not told.");
        blocks
            .MapDelete("/{personId:long}", UnblockAsync)
            .WithName("unblock")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithSummary("Ends a block")
            .WithDescription("204 also for a person whom the caller does not block.");
    }

    private static async Task<IResult> ListAsync(BlockService blocks) =>
        TypedResults.Ok(new ListAnswer<BlockView>(await blocks.ListAsync(), null));

    private static async Task<IResult> BlockAsync(long personId, HttpContext http, BlockService blocks) =>
        Answer(await blocks.BlockAsync(personId), http);

    private static async Task<IResult> UnblockAsync(long personId, HttpContext http, BlockService blocks) =>
        Answer(await blocks.UnblockAsync(personId), http);

    private static IResult Answer(Refusal? refusal, HttpContext http) =>
        refusal is null ? TypedResults.NoContent() : refusal.Problem(http);
}
