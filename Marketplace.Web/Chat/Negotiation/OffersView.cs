using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Ratings;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Negotiation;

/// <summary>A seller's listing with those who asked about it. Prices are in minor units, times are UTC.</summary>
/// <param name="Moves">A settlement is refused if this has changed since.</param>
/// <param name="Asked">How many asked; of them, <see cref="Rows"/> has the first.</param>
public sealed record OffersView(
    long ListingId,
    string Title,
    long Price,
    string Currency,
    ListingState State,
    long? ReservedForId,
    int Moves,
    Guid? Cover,
    bool IsRemoved,
    int Asked
)
{
    public IReadOnlyList<AskedView> Rows { get; init; } = [];

    public bool MaySell => !IsRemoved && State is ListingState.Active or ListingState.Reserved;
}

/// <summary>Who asked about a listing, and what they offered.</summary>
/// <param name="IsGone">Suspended, or without an account.</param>
/// <param name="WaitingSince">Since when an answer is due; null if none is.</param>
public sealed record AskedView(
    long RoomId,
    long PersonId,
    string Name,
    bool IsGone,
    RoomRestrictions Restrictions,
    bool IsAnswered,
    DateTime? WaitingSince,
    DealStage Stage,
    Side By,
    long Price,
    DateTime? MeetAt
)
{
    public string Name
    {
        get => PersonName.Of(field);
    } = Name;

    /// <summary>Null where nobody has rated the person.</summary>
    public RatingSum? Rated { get; init; }

    public bool MayBuy => Restrictions is RoomRestrictions.None;
}
