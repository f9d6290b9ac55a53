using Marketplace.Web.Realtime;

namespace Marketplace.Web.Chat;

/// <summary>
/// The topics of this feature and what is told to them, always after the commit.
/// <list type="bullet">
/// <item><c>person</c>: what happens in any room of that person: <see cref="MessagePosted"/>, <see cref="RoomRead"/>,
/// <see cref="Typing"/>.</item>
/// <item><c>room</c>: the same of one room, for those who supervise it without being members.</item>
/// </list>
/// </summary>
public static class ChatTopics
{
    public static Topic Person(long id) => new("person", id);

    public static Topic Room(long id) => new("room", id);
}

/// <param name="Standing">For the person whose topic it is; null in the room's own topic.</param>
public sealed record MessagePosted(MessageView Message, Standing? Standing = null);

/// <summary>How a room stands in a person's list after the commit, so that nobody has to ask again.</summary>
/// <param name="Place">Higher is newer.</param>
/// <param name="Unread">Messages of others above the person's read mark.</param>
public sealed record Standing(long Place, long Unread);

public sealed record RoomRead(long RoomId, long UserId, long Seq);

public sealed record Typing(long RoomId, long UserId);
