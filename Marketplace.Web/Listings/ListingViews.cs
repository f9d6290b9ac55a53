using System.Text.Json.Serialization;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Listings;

/// <summary>A listing in a list. The price is in minor units; times are UTC.</summary>
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
    [property: JsonIgnore] int Moves,
    [property: JsonIgnore] bool IsRemoved
)
{
    internal string CursorIn(ListingOrder order) =>
        (order == ListingOrder.Newest ? new PageCursor(Id) : new PageCursor(Price, Id)).ToString();
}

/// <summary>A listing on its own page. The price is in minor units; times are UTC.</summary>
/// <param name="HasSellerPage">False for a suspended seller and a closed account.</param>
/// <param name="ReservedForId">The buyer; shown only to that person and the seller.</param>
/// <param name="Moves">The number of state changes, to which the seller's forms are bound.</param>
/// <param name="MovedFrom">The state before the last change; null before the first.</param>
/// <param name="IsRemoved">Whether the administration removed it: only its seller and members of its rooms see it.</param>
/// <param name="IsErased">Whether the seller's account has been erased: only members of its rooms see it.</param>
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
    ListingState? MovedFrom,
    bool IsErased,
    bool IsRemoved
)
{
    /// <summary>The lowest offer that the seller wants to see; for the seller alone.</summary>
    [JsonIgnore]
    public long? MinOffer { get; init; }

    public string SellerName
    {
        get => PersonName.Of(field);
    } = SellerName;
}

public sealed record PhotoView(Guid File, Guid Thumbnail);

/// <summary>A photo in both sizes, in pixels, so that the browser can choose one and reserve its space.</summary>
public sealed record ShownPhotoView(Guid File, int Width, int Height, Guid Thumbnail, int ThumbnailWidth);

public sealed record SellerView(long Id, string Name, DateTime Since, int OnSale);

/// <summary>A page of listings and the cursor of the next one; null on the last page.</summary>
public sealed record ListingPageView(IReadOnlyList<ListingCardView> Items, string? Next);

/// <summary>By which report the administration removed a listing, and for which rule.</summary>
public sealed record RemovalView(long ReportId, HouseRule? Rule);

public sealed record OfferView(long SellerId, ListingState State, bool IsGone);

public enum ListingOrder
{
    Newest,
    Cheapest,
    Dearest,
}

/// <summary>A search of listings on sale. Prices are in minor units, both bounds included.</summary>
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

    public const int MaxCounted = 1000;

    public bool HasPrice => MinPrice is not null || MaxPrice is not null;

    /// <summary>Any of these; empty means all.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>Filters by delivery; both flags or none mean no filter.</summary>
    public bool InPerson { get; init; }

    public bool Shipping { get; init; }

    public const int MaxPageSize = 100;

    /// <summary>Whether the cursor is missing or valid; searches ignore an invalid one.</summary>
    public bool HasReadableCursor => string.IsNullOrWhiteSpace(Cursor) || PageCursor.Parse(Cursor) is not null;
}
