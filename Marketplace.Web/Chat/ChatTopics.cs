using Marketplace.Web.Realtime;

namespace Marketplace.Web.Chat;

/// <summary>
/// The topics of this feature and what is told to them, always after the commit.
/// <list type="bullet">
/// <item><c>person</c>: what happens in any room of that person: <see cref="MessagePosted"/>,
/// <see cref="MessageChanged"/>, <see cref="RoomRead"/>, <see cref="Typing"/>, <see cref="SeatChanged"/>.</item>
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

/// <param name="Standing">For the person whose topic it is; null in the room's own topic.</param>
public sealed record MessagePosted(MessageView Message, Standing? Standing = null);

public sealed record MessageChanged(MessageView Message);

/// <summary>A person pinned, muted, archived or marked a room, or a draft of theirs changed: on their other screens too.</summary>
public sealed record SeatChanged(long RoomId);

/// <param name="At">When they came, or were last here.</param>
public sealed record PresenceChanged(long UserId, bool IsHere, DateTime At);

/// <summary>How a room stands in a person's list after the commit, so that nobody has to ask again.</summary>
/// <param name="Place">Higher is newer.</param>
/// <param name="Unread">Messages of others above the person's read mark.</param>
/// <param name="MutedUntil">Until then the person wants no notice of the room.</param>
public sealed record Standing(long Place, long Unread, DateTime? MutedUntil);

public sealed record RoomRead(long RoomId, long UserId, long Seq);

public sealed record Typing(long RoomId, long UserId);
