using System.Text.Json;
using Marketplace.Web.Listings;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>A room as its member or an administrator opens it.</summary>
/// <param name="Moves">How often the listing's state has changed: what a deal of this screen is bound to.</param>
/// <param name="FirstSeq">The first message that is still kept.</param>
/// <param name="Seen">The listing as the buyer saw it when the talk began; null while nobody has written.</param>
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
    /// <summary>Whether both tell what they received and read.</summary>
    public bool HasReceipts => !Buyer.HidesReceipts && !Seller.HidesReceipts;

    /// <summary>The person's own side; null for who supervises.</summary>
    public MemberView? Of(long userId) =>
        Buyer.Id == userId ? Buyer
        : Seller.Id == userId ? Seller
        : null;

    /// <summary>The side that one talks with.</summary>
    public MemberView Other(long userId) => Buyer.Id == userId ? Seller : Buyer;

    /// <summary>With what the member told of reading.</summary>
    public RoomView Read(long userId, long seq) =>
        userId == Buyer.Id ? this with { Buyer = Buyer.Read(seq) } : this with { Seller = Seller.Read(seq) };

    /// <summary>With the time at which the member was here.</summary>
    public RoomView Met(long userId, DateTime at) =>
        userId == Buyer.Id ? this with { Buyer = Buyer.Met(at) } : this with { Seller = Seller.Met(at) };
}

/// <summary>One of the two who talk.</summary>
/// <param name="ReadSeq">Seen up to here.</param>
/// <param name="SharedReadSeq">What of that the other may know.</param>
/// <param name="Unread">Messages of the other above that, at least one where the room is marked.</param>
/// <param name="SeenAt">When they last were here, as far as that is written.</param>
public sealed record MemberView(
    long Id,
    string Name,
    long ReadSeq,
    long SharedReadSeq,
    long Unread,
    bool HidesReceipts,
    bool HidesPresence,
    DateTime? SeenAt
)
{
    internal MemberView Read(long seq) => this with { SharedReadSeq = Math.Max(seq, SharedReadSeq) };

    internal MemberView Met(DateTime at) => this with { SeenAt = SeenAt > at ? SeenAt : at };
}

/// <summary>What of a listing a change is told of.</summary>
public sealed record SeenListing(string Title, long Price, string Currency)
{
    internal static SeenListing? Of(string? snapshot) =>
        snapshot is null ? null : JsonSerializer.Deserialize<SeenListing>(snapshot, JsonSerializerOptions.Web);
}

/// <summary>A room in the list of those who supervise.</summary>
public sealed record RoomRowView(
    long Id,
    long ListingId,
    string BuyerName,
    string SellerName,
    string Title,
    Guid? Cover,
    ListingState State,
    long LastSeq,
    long LastMessageId,
    DateTime? LastAt
);

/// <summary>What the buyer saw when the talk began, kept with the room.</summary>
public sealed record ListingSnapshot(
    string Title,
    string Description,
    long Price,
    string Currency,
    IReadOnlyList<Guid> Photos
)
{
    internal static ListingSnapshot? Of(string? snapshot) =>
        snapshot is null ? null : JsonSerializer.Deserialize<ListingSnapshot>(snapshot, JsonSerializerOptions.Web);
}

/// <summary>The room that a contact found or made.</summary>
public sealed record ContactView(long RoomId, long ListingId, long BuyerId, long SellerId, bool Created);
