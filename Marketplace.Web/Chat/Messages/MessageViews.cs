using System.Text.Json.Serialization;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Messages;

/// <summary>A message as pages, API and hub return it. Times are UTC.</summary>
/// <param name="SenderId">0 for the administration.</param>
/// <param name="Seq">The position in the room, from 1 without holes.</param>
/// <param name="Rev">The room's rev at the message's last change.</param>
/// <param name="ClientId">The id that the sender's device chose.</param>
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
    public string SenderName
    {
        get => PersonName.Of(field);
    } = SenderName;

    /// <summary>The message that this one answers; null if none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public QuoteView? Quote { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PictureView>? Pictures { get; init; }

    /// <summary>True if there were pictures that the site keeps no longer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? PicturesGone { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReactionView>? Reactions { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? EditedAt { get; init; }

    /// <summary>The time of deletion; null unless only a tombstone is left.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? DeletedAt { get; init; }

    /// <summary>The rule for which the administration hides the message; it counts as deleted while it is hidden.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HouseRule? Hidden { get; init; }

    /// <summary>The rule for which the administration hides a part of the text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HouseRule? Masked { get; init; }

    /// <summary>What became of the deal, in a message that tells of one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DealStep? Deal { get; init; }

    [JsonIgnore]
    public string PreviewText => Kind.IsOfDeal() ? Deal?.Mark ?? "" : Room.Preview(Body);

    [JsonIgnore]
    public PreviewKind Preview => Hidden is null ? PreviewKinds.Of(Kind, Body, DeletedAt) : PreviewKind.Hidden;

    internal static MessageView Of(Message message, string senderName, QuoteView? quote = null)
    {
        var data = MessageData.Parse(message.Data);
        return new(
            message.RoomId,
            message.Seq,
            message.Rev,
            message.ClientId,
            message.ShownSenderId,
            message.Kind.IsBySite() ? Message.AdministrationName : senderName,
            message.Kind,
            message.Body,
            message.SentAt
        )
        {
            Quote = quote,
            Pictures = data?.Pictures,
            PicturesGone = data?.PicturesGone,
            Reactions = data?.Reactions,
            EditedAt = message.EditedAt,
            DeletedAt = message.DeletedAt,
            Hidden = data?.Hidden,
            Masked = data?.Masked,
            Deal = data?.Deal,
        };
    }
}

/// <summary>The sender and the beginning of a quoted message.</summary>
public sealed record QuoteView(long Seq, long SenderId, string SenderName, PreviewKind Kind, string Preview)
{
    public string SenderName
    {
        get => PersonName.Of(field);
    } = SenderName;

    internal static QuoteView Of(Message message, string senderName) =>
        new(
            message.Seq,
            message.ShownSenderId,
            message.Kind.IsBySite() ? Message.AdministrationName : senderName,
            message.Preview,
            Room.Preview(message.Body)
        );

    internal static QuoteView Of(MessageView message) =>
        new(message.Seq, message.SenderId, message.SenderName, message.Preview, Room.Preview(message.Body));
}

/// <summary>An earlier text of a message.</summary>
public sealed record VersionView(long Seq, string Body);

/// <summary>The answer to a send: the stored message, and whether it had already been stored.</summary>
public sealed record SentView(MessageView Message, bool Repeated);

/// <summary>A search result.</summary>
/// <param name="Id">The message's id; higher is newer.</param>
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
    public string OtherName
    {
        get => PersonName.Of(field);
    } = OtherName;
    public string SenderName
    {
        get => PersonName.Of(field);
    } = SenderName;
    public IReadOnlyList<TextSpan> Matches { get; init; } = [];
}

/// <summary>A message that an administrator's search found.</summary>
/// <param name="Id">The message's id; higher is newer.</param>
public sealed record SupervisedFoundView(
    long Id,
    long RoomId,
    long Seq,
    string Title,
    string BuyerName,
    string SellerName,
    string SenderName,
    string Body,
    DateTime SentAt
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
    public string SenderName
    {
        get => PersonName.Of(field);
    } = SenderName;
    public IReadOnlyList<TextSpan> Matches { get; init; } = [];
}

/// <summary>A range of a room's history. At most one bound is given.</summary>
/// <param name="ChangedAfter">The messages changed above this rev, ordered by rev.</param>
/// <param name="From">The oldest messages from this time (UTC) on.</param>
public sealed record MessageRange(
    long? Before = null,
    long? After = null,
    long? ChangedAfter = null,
    DateTime? From = null,
    int Limit = MessageRange.Page
)
{
    /// <summary>About two screens of a phone.</summary>
    public const int Page = 50;
}
