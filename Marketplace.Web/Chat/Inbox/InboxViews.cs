using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Listings;

namespace Marketplace.Web.Chat.Inbox;

/// <summary>One row of a person's conversation list.</summary>
/// <param name="SortKey">Where it stands: higher is newer.</param>
/// <param name="LastSenderId">Null while nobody has written.</param>
/// <param name="Unread">Messages of others above the reader's mark, at least one where the reader marked the room.</param>
/// <param name="Draft">How what the person has begun to write begins; null: nothing.</param>
/// <param name="ShowsPresence">Whether the other tells when they are here.</param>
public sealed record InboxRowView(
    long RoomId,
    long SortKey,
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
    DateTime? WaitingSince,
    long Unread,
    Shelf Shelf,
    DateTime? MutedUntil,
    string? Draft,
    bool ShowsPresence
)
{
    /// <summary>The row after a message was written.</summary>
    public InboxRowView With(MessageView message, InboxPosition position) =>
        this with
        {
            SortKey = position.SortKey,
            Unread = position.Unread,
            LastSeq = message.Seq,
            LastSenderId = message.SenderId,
            LastKind = message.Preview,
            LastPreview = Room.Preview(message.Body),
            LastAt = message.SentAt,
        };

    /// <summary>
    /// The row after the person read, or did something with the room for themselves. A message that was posted meanwhile, and
    /// told first, stands higher: its numbers stay.
    /// </summary>
    public InboxRowView With(InboxPosition position, InboxMarks? marks = null) =>
        this with
        {
            SortKey = Math.Max(position.SortKey, SortKey),
            Unread = position.SortKey < SortKey ? Unread : position.Unread,
            MutedUntil = position.MutedUntil,
            Shelf = marks?.Shelf ?? Shelf,
            Draft = marks is null ? Draft : marks.Draft,
        };

    /// <summary>The row with what it shows of the other's account.</summary>
    public InboxRowView With(AccountState other) =>
        this with
        {
            OtherName = other.DisplayName,
            ShowsPresence = !other.HidesPresence,
        };
}

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
public sealed record ListingWithEnquiries(long ListingId, string Title);

/// <summary>How many messages of others stand above the reader's mark in a room.</summary>
public sealed record UnreadView(long RoomId, long Unread, DateTime? MutedUntil);

/// <summary>How many conversations each filter shows; none counts further than <see cref="InboxService.MaxUnread"/>.</summary>
public sealed record InboxCounts(int All, int Unread, int Buying, int Selling, int Archived)
{
    public int Of(InboxFilter filter) =>
        filter switch
        {
            InboxFilter.Unread => Unread,
            InboxFilter.Buying => Buying,
            InboxFilter.Selling => Selling,
            InboxFilter.Archived => Archived,
            InboxFilter.All => All,
            _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "No such filter."),
        };
}
