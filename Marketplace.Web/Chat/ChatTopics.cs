using System.Text.Json.Serialization;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Realtime;

namespace Marketplace.Web.Chat;

/// <summary>
/// The topics of this feature and what is told to them, always after the commit.
/// <list type="bullet">
/// <item><c>person</c>: what happens in any room of that person: <see cref="MessagePosted"/>,
/// <see cref="MessageChanged"/>, <see cref="RoomRead"/>, <see cref="Typing"/>, <see cref="MembershipChanged"/>.</item>
/// <item><c>presence</c>: that the person came or went: <see cref="PresenceChanged"/>. For who shares a room with them.</item>
/// <item><c>room</c>: the same of one room, for those who supervise it without being members.</item>
/// </list>
/// </summary>
public static class ChatTopics
{
    public static Topic Person(long id) => new("person", id);

    public static Topic Room(long id) => new("room", id);

    public static Topic Presence(long id) => new("presence", id);
}

/// <param name="Position">For the person whose topic it is; null in the room's own topic.</param>
public sealed record MessagePosted(MessageView Message, InboxPosition? Position = null);

public sealed record MessageChanged(MessageView Message);

/// <summary>A person's own side of a room changed: for their other screens.</summary>
/// <param name="Marks">What else changed beside the position; null: nothing.</param>
public sealed record MembershipChanged(long RoomId, InboxPosition Position, InboxMarks? Marks = null);

/// <param name="At">When they came, or were last here.</param>
public sealed record PresenceChanged(long UserId, bool IsOnline, DateTime At);

/// <summary>How a room stands in a person's list after the commit, so that nobody has to ask again.</summary>
/// <param name="SortKey">Higher is newer.</param>
/// <param name="Unread">Messages of others above the person's read mark.</param>
/// <param name="MutedUntil">Until then the person wants no notice of the room.</param>
public sealed record InboxPosition(long SortKey, long Unread, DateTime? MutedUntil);

/// <summary>What a person did with a room for themselves.</summary>
/// <param name="Draft">How what they have begun to write begins; null: nothing.</param>
public sealed record InboxMarks(Shelf Shelf, string? Draft);

/// <param name="Position">For the reader's own topic; null for everybody else, and never on a wire.</param>
public sealed record RoomRead(
    long RoomId,
    long UserId,
    long Seq,
    [property: JsonIgnore] InboxPosition? Position = null
);

public sealed record Typing(long RoomId, long UserId);
