using System.Text.Json.Serialization;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Realtime;

namespace Marketplace.Web.Chat;

/// <summary>
/// The chat's topics, published after the commit: a person's (events of all their rooms), a person's presence (for
/// people who share a room with them), and a room's (for administrators who are not members).
/// </summary>
public static class ChatTopics
{
    public static Topic Person(long id) => new("person", id);

    public static Topic Room(long id) => new("room", id);

    public static Topic Presence(long id) => new("presence", id);
}

/// <param name="Position">The topic owner's position; null in the room topic.</param>
public sealed record MessagePosted(MessageView Message, InboxPosition? Position = null);

public sealed record MessageChanged(MessageView Message);

/// <summary>A membership changed; for the person's other screens.</summary>
/// <param name="Marks">Null if only the position changed.</param>
public sealed record MembershipChanged(long RoomId, InboxPosition Position, InboxMarks? Marks = null);

/// <param name="At">When the person came online or was last online, in UTC.</param>
public sealed record PresenceChanged(long UserId, bool IsOnline, DateTime At);

/// <summary>A room's position in a person's inbox after the commit, so that receivers need not query it.</summary>
/// <param name="Unread">The number of the other's messages above the read mark.</param>
/// <param name="MutedUntil">The end of the mute, in UTC.</param>
public sealed record InboxPosition(long SortKey, long Unread, DateTime? MutedUntil);

/// <param name="Draft">The beginning of the draft; null if there is none.</param>
public sealed record InboxMarks(Shelf Shelf, string? Draft);

/// <param name="Position">Set in the reader's own topic only; never serialized.</param>
public sealed record RoomRead(
    long RoomId,
    long UserId,
    long Seq,
    [property: JsonIgnore] InboxPosition? Position = null
);

public sealed record Typing(long RoomId, long UserId);
