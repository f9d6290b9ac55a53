using System.Text.Json;
using System.Text.Json.Serialization;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat;

/// <summary>A message as screens and wires get it. Times are UTC.</summary>
/// <param name="Seq">Its place in the room: 1, 2, 3 … without a hole.</param>
/// <param name="Rev">Its version: the room's revision at the message's last change.</param>
/// <param name="ClientId">What the sender's device called it; finds the row that still waits there.</param>
public sealed record MessageView(
    long RoomId,
    long Seq,
    long Rev,
    Guid ClientId,
    long SenderId,
    string SenderName,
    MessageKind Kind,
    string Body,
    DateTime SentAt
)
{
    /// <summary>The message that this one answers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public QuoteView? Quote { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PictureView>? Pictures { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReactionView>? Reactions { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? EditedAt { get; init; }

    /// <summary>Since when only a tombstone stands here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? DeletedAt { get; init; }

    /// <summary>How a list row or a quote names it.</summary>
    [JsonIgnore]
    public PreviewKind Preview => PreviewKinds.Of(Kind, Body, DeletedAt);

    internal static MessageView Of(Message message, string senderName, QuoteView? quote = null)
    {
        var data = MessageData.Parse(message.Data);
        return new(
            message.RoomId,
            message.Seq,
            message.Rev,
            message.ClientId,
            message.SenderId,
            senderName,
            message.Kind,
            message.Body,
            message.SentAt
        )
        {
            Quote = quote,
            Pictures = data?.Pictures,
            Reactions = data?.Reactions,
            EditedAt = message.EditedAt,
            DeletedAt = message.DeletedAt,
        };
    }
}

/// <summary>A message as the one that answers it shows it: who wrote it, and its beginning.</summary>
public sealed record QuoteView(long Seq, long SenderId, string SenderName, PreviewKind Kind, string Preview)
{
    internal static QuoteView Of(Message message, string senderName) =>
        new(message.Seq, message.SenderId, senderName, message.Preview, Room.Preview(message.Body));

    internal static QuoteView Of(MessageView message) =>
        new(message.Seq, message.SenderId, message.SenderName, message.Preview, Room.Preview(message.Body));
}

/// <summary>What the message at a place said before.</summary>
public sealed record VersionView(long Seq, string Body);

/// <summary>The answer to a send: the stored message, and whether it had been accepted before.</summary>
public sealed record SentView(MessageView Message, bool Repeated);

/// <summary>A room as its member or an administrator opens it.</summary>
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
    Guid? Cover,
    long FirstSeq,
    long LastSeq,
    long Rev,
    SeenListing? Seen
)
{
    /// <summary>The person's own side; null for who supervises.</summary>
    public MemberView? Of(long userId) =>
        Buyer.Id == userId ? Buyer
        : Seller.Id == userId ? Seller
        : null;

    /// <summary>The side that one talks with.</summary>
    public MemberView Other(long userId) => Buyer.Id == userId ? Seller : Buyer;

    /// <summary>With the member's read mark risen.</summary>
    public RoomView Read(long userId, long seq) =>
        userId == Buyer.Id ? this with { Buyer = Buyer.Read(seq) } : this with { Seller = Seller.Read(seq) };

    /// <summary>With the time at which the member was here.</summary>
    public RoomView Met(long userId, DateTime at) =>
        userId == Buyer.Id ? this with { Buyer = Buyer.Met(at) } : this with { Seller = Seller.Met(at) };
}

/// <summary>One of the two who talk.</summary>
/// <param name="ReadSeq">Seen up to here.</param>
/// <param name="Unread">Messages of the other above that, at least one where the room is marked.</param>
/// <param name="SeenAt">When they last were here, as far as that is written.</param>
public sealed record MemberView(
    long Id,
    string Name,
    long ReadSeq,
    long Unread,
    bool HidesReceipts,
    bool HidesPresence,
    DateTime? SeenAt
)
{
    internal MemberView Read(long seq) => this with { ReadSeq = Math.Max(seq, ReadSeq) };

    internal MemberView Met(DateTime at) => this with { SeenAt = SeenAt > at ? SeenAt : at };
}

/// <summary>What of a listing a change is told of.</summary>
public sealed record SeenListing(string Title, long Price, string Currency)
{
    internal static SeenListing? Of(string? snapshot) =>
        snapshot is null ? null : JsonSerializer.Deserialize<SeenListing>(snapshot, JsonSerializerOptions.Web);
}

/// <summary>One row of a person's conversation list.</summary>
/// <param name="Place">Where it stands: higher is newer.</param>
/// <param name="LastSenderId">Null while nobody has written.</param>
/// <param name="Unread">Messages of others above the reader's mark, at least one where the reader marked the room.</param>
/// <param name="ShowsPresence">Whether the other tells when they are here.</param>
public sealed record ConversationView(
    long RoomId,
    long Place,
    long ListingId,
    string Title,
    long Price,
    string Currency,
    ListingState State,
    Guid? Cover,
    long BuyerId,
    long SellerId,
    long OtherId,
    string OtherName,
    long LastSeq,
    long? LastSenderId,
    PreviewKind LastKind,
    string LastPreview,
    DateTime? LastAt,
    long Unread,
    Shelf Shelf,
    DateTime? MutedUntil,
    bool HasDraft,
    bool ShowsPresence
);

/// <summary>Which of a person's conversations a list shows.</summary>
public enum InboxFilter
{
    All,
    Unread,
    Buying,
    Selling,
    Archived,
}

/// <summary>A listing of one's own that somebody asked about.</summary>
public sealed record AskedView(long ListingId, string Title);

/// <summary>How many messages of others stand above the reader's mark in a room.</summary>
public sealed record UnreadView(long RoomId, long Unread);

/// <summary>A message that was found by its words.</summary>
/// <param name="Id">Where it stands among all that were found: higher is newer.</param>
public sealed record FoundView(
    long Id,
    long RoomId,
    long Seq,
    string Title,
    string OtherName,
    long SenderId,
    string SenderName,
    string Body,
    DateTime SentAt
)
{
    /// <summary>The parts of the body that were asked for, in their order.</summary>
    public IReadOnlyList<TextSpan> Matches { get; init; } = [];
}

/// <summary>A room in the list of those who supervise.</summary>
public sealed record RoomRowView(
    long Id,
    string BuyerName,
    string SellerName,
    string Title,
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

/// <summary>Which part of a history: by place, or by what changed. At most one bound is given.</summary>
/// <param name="Before">The newest messages below this seq.</param>
/// <param name="After">The oldest messages above this seq.</param>
/// <param name="ChangedAfter">What changed above this rev, in the order of rev.</param>
/// <param name="From">The oldest messages from this time (UTC) on.</param>
public sealed record HistoryWindow(
    long? Before = null,
    long? After = null,
    long? ChangedAfter = null,
    DateTime? From = null,
    int Limit = HistoryWindow.Page
)
{
    /// <summary>Some two screens of a phone.</summary>
    public const int Page = 50;
}
