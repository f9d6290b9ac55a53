using System.Globalization;
using Marketplace.Web.Chat;

namespace Marketplace.Web.Api;

internal static class SearchEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/messages", FindAsync)
            .RequireAuthorization()
            .WithTags("rooms")
            .Produces<ListAnswer<FoundView>>()
            .WithSummary("Messages of the caller's rooms that have all the words of q, newest first");

    private static async Task<IResult> FindAsync(
        SearchService search,
        string? q = null,
        Optional? before = null,
        Optional? limit = null
    )
    {
        var size = limit.Within(SearchService.Page, ChatService.LargestPage);
        var found = await search.FindAsync(q, before?.Value ?? long.MaxValue, size + 1);
        var page = found.Take(size).ToList();
        var next = found.Count > size ? page[^1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return TypedResults.Ok(new ListAnswer<FoundView>(page, next));
    }
}
