using Marketplace.Web.Chat;
using Marketplace.Web.Listings;

namespace Marketplace.Web.Api;

internal static class ListingEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var listings = api.MapGroup("/listings").WithTags("listings");
        listings
            .MapGet("", SearchAsync)
            .Produces<ListAnswer<ListingCardView>>()
            .WithSummary("What is on sale, newest first; q takes words, before the cursor of the page before");
        listings
            .MapPost("/{id:long}/rooms", ContactAsync)
            .RequireAuthorization()
            .Produces<RoomAnswer>()
            .Produces<RoomAnswer>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("The caller's room with the seller of a listing: made the first time, the same ever after");
    }

    private static async Task<ListAnswer<ListingCardView>> SearchAsync(
        ListingService listings,
        string? q = null,
        string? before = null,
        int limit = ListingFilter.Page
    )
    {
        var page = await listings.SearchAsync(new(q, Cursor: before, Limit: limit));
        return new(page.Items, page.Next);
    }

    private static async Task<IResult> ContactAsync(long id, HttpContext http, ChatService chat)
    {
        var contact = await chat.ContactAsync(id);
        if (!contact.Succeeded)
            return contact.Refusal.Problem(http);
        var room = new RoomAnswer(
            contact.Value.RoomId,
            contact.Value.ListingId,
            contact.Value.BuyerId,
            contact.Value.SellerId
        );
        return contact.Value.Created
            ? TypedResults.Created($"/api/rooms/{room.Id}/messages", room)
            : TypedResults.Ok(room);
    }
}

/// <summary>A room as a contact answers it.</summary>
public sealed record RoomAnswer(long Id, long ListingId, long BuyerId, long SellerId);
