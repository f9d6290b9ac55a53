using System.Text.Json;
using System.Text.Json.Serialization;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Listings;
using Marketplace.Web.Safety.Rules;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>A room as a member or an administrator sees it.</summary>
/// <param name="Moves">A settlement is refused if this has changed since.</param>
/// <param name="FirstSeq">The oldest seq kept.</param>
/// <param name="Seen">The listing at the first message, as the buyer saw it; null while the room is empty.</param>
public sealed record RoomView(
    long Id,
    long ListingId,
    MemberView Buyer,
    MemberView Seller,
    string Title,
    long Price,
    string Currency,
    ListingState State,
    long? ReservedForId,
    int Moves,
    Guid? Cover,
    DateTime CreatedAt,
    long FirstSeq,
    long LastSeq,
    long Rev,
    SeenListing? Seen
)
{
    public RoomRestrictions Restrictions { get; init; }

    /// <summary>The stored deal; null before its first offer.</summary>
    [JsonIgnore]
    public string? DealData
    {
        get;
        init => (field, Deal) = (value, value is null ? Deal.None : Deal.Parse(value));
    }

    public Deal Deal { get; private init; } = Deal.None;

    public bool IsBlocked => Restrictions.IsBlocked();

    public bool IsLocked => Restrictions.HasFlag(RoomRestrictions.Locked);

    public bool HasReceipts => !IsBlocked && !Buyer.HidesReceipts && !Seller.HidesReceipts;

    public bool IsBlockedBy(long userId) => Restrictions.IsBlockedBy(buyer: userId == Buyer.Id);

    /// <summary>Returns the person's own side; null for a supervisor.</summary>
    public MemberView? Of(long userId) =>
        Buyer.Id == userId ? Buyer
        : Seller.Id == userId ? Seller
        : null;

    public MemberView Other(long userId) => Buyer.Id == userId ? Seller : Buyer;

    public RoomView Read(long userId, long seq) =>
        userId == Buyer.Id ? this with { Buyer = Buyer.Read(seq) } : this with { Seller = Seller.Read(seq) };

    public RoomView Met(long userId, DateTime at) =>
        userId == Buyer.Id ? this with { Buyer = Buyer.Met(at) } : this with { Seller = Seller.Met(at) };
}

/// <summary>A member of a room.</summary>
/// <param name="SharedReadSeq">The part of ReadSeq that the other member may know.</param>
/// <param name="Unread">At least 1 if the room is marked as unread.</param>
/// <param name="SeenAt">UTC, as far as it is stored.</param>
/// <param name="JoinedAt">UTC.</param>
/// <param name="IsClosed">Whether the person has closed their account and so receives nothing.</param>
public sealed record MemberView(
    long Id,
    string Name,
    long ReadSeq,
    long SharedReadSeq,
    long Unread,
    bool HidesReceipts,
    bool HidesPresence,
    DateTime? SeenAt,
    DateTime JoinedAt,
    bool IsClosed
)
{
    public string Name
    {
        get => PersonName.Of(field);
    } = Name;

    internal MemberView Read(long seq) => this with { SharedReadSeq = Math.Max(seq, SharedReadSeq) };

    internal MemberView Met(DateTime at) => this with { SeenAt = SeenAt > at ? SeenAt : at };
}

/// <summary>The listing fields whose changes the room header announces.</summary>
public sealed record SeenListing(string Title, long Price, string Currency)
{
    internal static SeenListing? Of(string? snapshot) =>
        snapshot is null ? null : JsonSerializer.Deserialize<SeenListing>(snapshot, JsonSerializerOptions.Web);
}

/// <summary>A room in the list of administrators.</summary>
public sealed record RoomRowView(
    long Id,
    long ListingId,
    long BuyerId,
    long SellerId,
    string BuyerName,
    string SellerName,
    string Title,
    Guid? Cover,
    ListingState State,
    long LastSeq,
    long LastMessageId,
    DateTime? LastAt,
    RoomRestrictions Restrictions,
    SafetySeverity? Risk,
    SafetyRule? RiskRule,
    int OpenReports
)
{
    public string BuyerName
    {
        get => PersonName.Of(field);
    } = BuyerName;
    public string SellerName
    {
        get => PersonName.Of(field);
    } = SellerName;
}

/// <summary>The listing as the buyer saw it at the first message, stored with the room.</summary>
public sealed record ListingSnapshot(
    string Title,
    string Description,
    long Price,
    string Currency,
    IReadOnlyList<Guid> Photos
)
{
    /// <summary>What stays when the seller's texts and pictures are erased.</summary>
    internal ListingSnapshot Facts => this with { Description = "", Photos = [] };

    internal string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    internal static ListingSnapshot? Of(string? snapshot) =>
        snapshot is null ? null : JsonSerializer.Deserialize<ListingSnapshot>(snapshot, JsonSerializerOptions.Web);
}

/// <summary>The room of a contact request, and whether it is new.</summary>
public sealed record ContactView(long RoomId, long ListingId, long BuyerId, long SellerId, bool Created);
