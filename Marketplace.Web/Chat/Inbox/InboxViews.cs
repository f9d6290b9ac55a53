using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Inbox;

/// <param name="LastSenderId">Null before the first message.</param>
/// <param name="Unread">The other's messages above the read mark; at least 1 if marked as unread.</param>
/// <param name="Draft">The beginning of the draft; null if there is none.</param>
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
    public string OtherName
    {
        get => PersonName.Of(field);
        init;
    } = OtherName;

    public RoomRestrictions Restrictions { get; init; }

    /// <summary>Null before the first offer.</summary>
    public DealView? Deal { get; init; }

    public bool IsOffered => Deal?.Stage is DealStage.Offered or DealStage.OnHold;

    public bool IsAgreed => Deal?.Stage is DealStage.Agreed or DealStage.Meeting;

    public InboxRowView With(MessageView message, InboxPosition position) =>
        this with
        {
            SortKey = position.SortKey,
            Unread = position.Unread,
            LastSeq = message.Seq,
            LastSenderId = message.SenderId,
            LastKind = message.Preview,
            LastPreview = message.PreviewText,
            LastAt = message.SentAt,
        };

    /// <summary>Keeps sort key and unread count if a newer message has already moved the row.</summary>
    public InboxRowView With(InboxPosition position, InboxMarks? marks = null) =>
        this with
        {
            SortKey = Math.Max(position.SortKey, SortKey),
            Unread = position.SortKey < SortKey ? Unread : position.Unread,
            MutedUntil = position.MutedUntil,
            Shelf = marks?.Shelf ?? Shelf,
            Draft = marks is null ? Draft : marks.Draft,
        };

    public InboxRowView With(AccountState other) =>
        this with
        {
            OtherName = other.DisplayName,
            ShowsPresence = !other.HidesPresence,
        };
}

/// <param name="MeetAt">UTC, of the agreed meeting while it stands.</param>
public sealed record DealView(DealStage Stage, Side By, long Price, DateTime? MeetAt);

public enum InboxFilter
{
    All,
    Unread,
    Buying,
    Selling,
    Archived,

    /// <summary>With an offer that somebody has to answer.</summary>
    Offers,

    /// <summary>With an agreed price.</summary>
    Agreed,
}

public sealed record ListingWithEnquiries(long ListingId, string Title);

public sealed record UnreadView(long RoomId, long Unread, DateTime? MutedUntil);

/// <summary>The number of rooms per filter, each counted up to <see cref="InboxService.MaxUnread"/>.</summary>
public sealed record InboxCounts(int All, int Unread, int Buying, int Selling, int Archived, int Offers, int Agreed)
{
    public int Of(InboxFilter filter) =>
        filter switch
        {
            InboxFilter.Unread => Unread,
            InboxFilter.Buying => Buying,
            InboxFilter.Selling => Selling,
            InboxFilter.Archived => Archived,
            InboxFilter.Offers => Offers,
            InboxFilter.Agreed => Agreed,
            InboxFilter.All => All,
            _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "No such filter."),
        };
}
