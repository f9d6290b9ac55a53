using System.Text.Json;
using System.Text.Json.Serialization;
using Marketplace.Web.Listings;

namespace Marketplace.Web.Chat.Deals;

/// <summary>Stored as a number: append only.</summary>
public enum Side
{
    Buyer,
    Seller,
}

/// <summary>Stored as a number: append only.</summary>
public enum DealStage
{
    None,

    /// <summary>An offer is live; the other side may accept it.</summary>
    Offered,

    /// <summary>An offer waits, because the listing is reserved for somebody else.</summary>
    OnHold,

    /// <summary>Both agreed on a price, and the listing is reserved.</summary>
    Agreed,

    /// <summary>They have agreed on a meeting too.</summary>
    Meeting,
    Sold,

    /// <summary>The listing was sold to somebody else.</summary>
    Lost,

    /// <summary>Withdrawn, declined or cancelled. A new offer may be made.</summary>
    Closed,

    /// <summary>Nobody answered the offer in time. It may be made again.</summary>
    Expired,
}

/// <summary>Where two people meet. Proposed, it waits for the other side.</summary>
/// <param name="At">UTC.</param>
/// <param name="Zone">The IANA zone in which the time was chosen.</param>
public sealed record Meeting(DateTime At, string Zone, string Place, string? Note, Side By)
{
    public const int MaxPlaceLength = 120;
    public const int MaxNoteLength = 300;
}

/// <summary>What one of the two says after the meeting.</summary>
/// <param name="IsNoShow">The other did not come.</param>
public sealed record Answer(bool IsDone, bool IsNoShow, string? Word)
{
    public const int MaxWordLength = 500;
}

/// <summary>
/// What the buyer and the seller of a room have agreed so far. Its changes are in <see cref="DealTable"/>; it knows
/// neither database nor clock. Prices are in minor units of the listing's currency, times are UTC.
/// </summary>
public sealed record Deal
{
    /// <summary>Of the offers of one side; an older one no longer counts.</summary>
    public static readonly TimeSpan OfferWindow = TimeSpan.FromHours(24);

    public const int OffersInWindow = 3;

    internal const int MaxPath = 8;

    public static readonly Deal None = new();

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    public DealStage Stage { get; init; }

    /// <summary>Rises with each change that an answer must have seen: an act names the number that its person saw.</summary>
    public int Number { get; init; }

    /// <summary>Who made the offer.</summary>
    public Side By { get; init; }

    /// <summary>Offered, and once they agree, the price that holds whatever becomes of the listing's.</summary>
    public long Price { get; init; }

    /// <summary>What the listing cost when the offer was made.</summary>
    public long ListPrice { get; init; }

    /// <summary>The offer that a sale or withdrawal of the listing ended; it stands again if that is taken back within a
    /// day.</summary>
    public long? Standing { get; init; }

    /// <summary>The prices that were named on the way to this one, it included.</summary>
    public IReadOnlyList<long> Path { get; init; } = [];

    /// <summary>When the offer or the reservation ends.</summary>
    public DateTime? Until { get; init; }

    /// <summary>UTC; null unless the listing is sold, to this buyer or another.</summary>
    public DateTime? SoldAt { get; init; }

    /// <summary>UTC; null unless the listing's withdrawal closed it.</summary>
    public DateTime? GoneAt { get; init; }

    /// <summary>A meeting that waits for an answer, also to replace an agreed one.</summary>
    public Meeting? Proposal { get; init; }

    public Meeting? Agreed { get; init; }

    /// <summary>How often the agreed meeting was changed or cancelled: the SEQUENCE of its calendar entry.</summary>
    public int MeetingChanges { get; init; }

    public Answer? BuyerSays { get; init; }
    public Answer? SellerSays { get; init; }

    /// <summary>Who has said to be on the way to the agreed meeting.</summary>
    public IReadOnlyList<Side> Arrived { get; init; } = [];

    /// <summary>The two contradict each other.</summary>
    public bool IsDisputed { get; init; }

    /// <summary>Who did not come, if nobody objected until the end.</summary>
    public Side? NoShow { get; init; }

    /// <summary>The last time by the schedule that has passed.</summary>
    public DateTime? Passed { get; init; }

    public IReadOnlyList<DateTime> BuyerOffers { get; init; } = [];
    public IReadOnlyList<DateTime> SellerOffers { get; init; } = [];

    /// <summary>When the site has to act next; null if never.</summary>
    [JsonIgnore]
    public DateTime? Due => Upcoming?.At;

    /// <summary>The offer or reservation that stands between the two, or stood until a moment ago.</summary>
    [JsonIgnore]
    public bool IsOpen => Stage is DealStage.Offered or DealStage.OnHold or DealStage.Agreed or DealStage.Meeting;

    [JsonIgnore]
    public bool IsAgreed => Stage is DealStage.Agreed or DealStage.Meeting;

    internal ScheduledStep? Upcoming =>
        DealSchedule.Of(this).FirstOrDefault(step => Passed is null || step.At > Passed);

    /// <summary>When this side may offer again (UTC), having made as many offers as a day allows; null if at once.</summary>
    public DateTime? NextOffer(Side side, DateTime now)
    {
        var made = Offers(side).Where(at => now - at < OfferWindow).ToList();
        return made.Count < OffersInWindow ? null : made[^OffersInWindow] + OfferWindow;
    }

    public Answer? Says(Side side) => side is Side.Buyer ? BuyerSays : SellerSays;

    public IReadOnlyList<DateTime> Offers(Side side) => side is Side.Buyer ? BuyerOffers : SellerOffers;

    /// <summary>Without what one side wrote into it.</summary>
    internal Deal WithoutWords(Side side) =>
        this with
        {
            BuyerSays = side is Side.Buyer && BuyerSays is { } said ? said with { Word = null } : BuyerSays,
            SellerSays = side is Side.Seller && SellerSays is { } told ? told with { Word = null } : SellerSays,
            Proposal = Without(Proposal, side),
            Agreed = Without(Agreed, side),
        };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    private static Meeting? Without(Meeting? meeting, Side side) =>
        meeting?.By == side ? meeting with { Place = "", Note = null } : meeting;

    public static Deal Parse(string json) => JsonSerializer.Deserialize<Deal>(json, Json)!;
}

public static class Sides
{
    public static Side Other(this Side side) => side is Side.Buyer ? Side.Seller : Side.Buyer;
}

/// <summary>What a change of a deal depends on besides the deal.</summary>
/// <param name="Now">UTC.</param>
/// <param name="IsForBuyer">The listing is reserved for, or sold to, the buyer of this room.</param>
/// <param name="Floor">The lowest offer that the seller wants to see; null for any.</param>
public sealed record DealFacts(DateTime Now, long ListPrice, ListingState Listing, bool IsForBuyer, long? Floor = null)
{
    /// <summary>The listing is free, or kept for the buyer of this room.</summary>
    internal bool MayOffer => Listing is ListingState.Active || (Listing is ListingState.Reserved && IsForBuyer);
}
