using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Api;

internal static class ListingEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var listings = api.MapGroup("/listings").WithTags("listings");
        listings
            .MapGet("", SearchAsync)
            .WithMetadata(LimitedAttribute.Search)
            .WithName("listListings")
            .Produces<ListAnswer<ListingCardView>>()
            .WithSummary("Lists what is on sale")
            .WithDescription("Newest first; q takes words, before the cursor of the page before.");
        listings
            .MapPost("/{id:long}/rooms", ContactAsync)
            .WithMetadata(new LimitedAttribute("Contact", 60))
            .RequireAuthorization()
            .WithName("contactSeller")
            .Produces<RoomAnswer>()
            .Produces<RoomAnswer>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Opens the caller's room with the seller of a listing")
            .WithDescription("201 when it is made the first time, 200 with the same room ever after.");
    }

    private static async Task<IResult> SearchAsync(
        HttpContext http,
        ListingService listings,
        IStringLocalizer<ApiTexts> texts,
        string? q = null,
        string? before = null,
        Optional? limit = null
    )
    {
        if (limit.Within(ListingFilter.Page, ListingFilter.MaxPageSize) is not { } size)
            return texts.LimitProblem(http, ListingFilter.MaxPageSize);
        var filter = new ListingFilter(q, Cursor: before, Limit: size);
        if (!filter.HasReadableCursor)
            return new Refusal(RefusalKind.Invalid, texts["Query.Cursor"]).Problem(http);
        var page = await listings.SearchAsync(filter);
        return TypedResults.Ok(new ListAnswer<ListingCardView>(page.Items, page.Next));
    }

    private static async Task<IResult> ContactAsync(long id, HttpContext http, ContactService contacts)
    {
        var contact = await contacts.ContactAsync(id);
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
