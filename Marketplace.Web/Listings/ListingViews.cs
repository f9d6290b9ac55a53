using System.Text.Json.Serialization;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Listings;

/// <summary>A listing as a card of a list. The price is in minor units; times are UTC.</summary>
public sealed record ListingCardView(
    long Id,
    string Title,
    long Price,
    string Currency,
    Category Category,
    string Place,
    ListingState State,
    Guid? Cover,
    long SellerId,
    string SellerName,
    DateTime CreatedAt,
    Condition? Condition,
    bool InPerson,
    bool Shipping,
    int PhotoCount,
    [property: JsonIgnore] int Moves
)
{
    /// <summary>Where the page after this one begins.</summary>
    internal string CursorIn(ListingOrder order) =>
        (order == ListingOrder.Newest ? new PageCursor(Id) : new PageCursor(Price, Id)).ToString();
}

/// <summary>A listing on its own page.</summary>
/// <param name="HasSellerPage">Whether the seller may use the site; a suspended one has no page.</param>
/// <param name="ReservedForId">Whom it is reserved for or was sold to: for that person's eyes and the seller's.</param>
/// <param name="Moves">How often its state has changed: what a seller's form is bound to.</param>
/// <param name="MovedFrom">Its state before the last change.</param>
public sealed record ListingView(
    long Id,
    string Title,
    string Description,
    long Price,
    string Currency,
    Category Category,
    string Place,
    ListingState State,
    long SellerId,
    string SellerName,
    DateTime SellerSince,
    bool HasSellerPage,
    DateTime CreatedAt,
    IReadOnlyList<ShownPhotoView> Photos,
    Condition? Condition,
    bool InPerson,
    bool Shipping,
    long? ReservedForId,
    int Moves,
    ListingState? MovedFrom
);

/// <summary>The names that an upload gave to the two sizes of a photograph.</summary>
public sealed record PhotoView(Guid File, Guid Thumbnail);

/// <summary>A photograph of a listing in both sizes, with what a browser must know to choose and to keep its place.</summary>
public sealed record ShownPhotoView(Guid File, int Width, int Height, Guid Thumbnail, int ThumbnailWidth);

/// <summary>Somebody who sells, for everybody's eyes.</summary>
public sealed record SellerView(long Id, string Name, DateTime Since, int OnSale);

/// <summary>A page of listings and where the next one begins; null if this is the last.</summary>
public sealed record ListingPageView(IReadOnlyList<ListingCardView> Items, string? Next);

/// <summary>Who sells, and whether still: what a contact needs to know.</summary>
public sealed record OfferView(long SellerId, ListingState State);

public enum ListingOrder
{
    Newest,
    Cheapest,
    Dearest,
}

/// <summary>What is looked for. Prices in minor units, both bounds included.</summary>
/// <param name="Cursor">Where the page begins, as <see cref="ListingPageView.Next"/> said.</param>
public sealed record ListingFilter(
    string? Text = null,
    Category? Category = null,
    long? MinPrice = null,
    long? MaxPrice = null,
    string? Place = null,
    ListingOrder Order = ListingOrder.Newest,
    string? Cursor = null,
    int Limit = ListingFilter.Page
)
{
    public const int Page = 24;

    /// <summary>Counting further would read further, and tell nobody more.</summary>
    public const int MaxCounted = 1000;

    public bool HasPrice => MinPrice is not null || MaxPrice is not null;

    /// <summary>Any of these; all if there is none.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>Handed over in person, or sent: with both or neither, however it is.</summary>
    public bool InPerson { get; init; }

    public bool Shipping { get; init; }

    /// <summary>The most that one call reads.</summary>
    public const int MaxPageSize = 100;

    /// <summary>Whether the cursor is missing or one of ours; pages begin at the top for any other.</summary>
    public bool HasReadableCursor => string.IsNullOrWhiteSpace(Cursor) || PageCursor.Parse(Cursor) is not null;
}
