using System.Text.Json.Serialization;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Messages;

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

/// <summary>Which part of a history: by place, or by what changed. At most one bound is given.</summary>
/// <param name="Before">The newest messages below this seq.</param>
/// <param name="After">The oldest messages above this seq.</param>
/// <param name="ChangedAfter">What changed above this rev, in the order of rev.</param>
/// <param name="From">The oldest messages from this time (UTC) on.</param>
public sealed record MessageRange(
    long? Before = null,
    long? After = null,
    long? ChangedAfter = null,
    DateTime? From = null,
    int Limit = MessageRange.Page
)
{
    /// <summary>Some two screens of a phone.</summary>
    public const int Page = 50;
}
