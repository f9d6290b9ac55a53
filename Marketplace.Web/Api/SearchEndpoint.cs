using System.Globalization;
using Marketplace.Web.Chat;
using Microsoft.Extensions.Localization;

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
        HttpContext http,
        SearchService search,
        IStringLocalizer<ApiTexts> texts,
        string? q = null,
        Optional? before = null,
        Optional? limit = null
    )
    {
        if (limit.Within(SearchService.Page, ChatService.LargestPage) is not { } size)
            return texts.LimitProblem(http, ChatService.LargestPage);
        var found = await search.FindAsync(q, before?.Value ?? long.MaxValue, size + 1);
        var page = found.Take(size).ToList();
        var next = found.Count > size ? page[^1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return TypedResults.Ok(new ListAnswer<FoundView>(page, next));
    }
}
