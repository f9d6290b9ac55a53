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
);

/// <summary>The answer to a send: the stored message, and whether it had been accepted before.</summary>
public sealed record SentView(MessageView Message, bool Repeated);

/// <summary>A room as its member or an administrator opens it.</summary>
/// <param name="ReadSeq">Seen by the reader up to here.</param>
public sealed record RoomView(
    long Id,
    long ListingId,
    long BuyerId,
    string BuyerName,
    long SellerId,
    string SellerName,
    string Title,
    long Price,
    string Currency,
    ListingState State,
    Guid? Cover,
    long LastSeq,
    long Rev,
    long ReadSeq
);

/// <summary>One row of a person's conversation list.</summary>
/// <param name="Place">Where it stands: higher is newer.</param>
/// <param name="LastSenderId">Null while nobody has written.</param>
/// <param name="Unread">Messages of others above the reader's mark.</param>
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
    string LastPreview,
    DateTime? LastAt,
    long Unread
);

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
);

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
