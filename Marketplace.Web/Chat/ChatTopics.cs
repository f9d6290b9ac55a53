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

public sealed record MessagePosted(MessageView Message);

public sealed record RoomRead(long RoomId, long UserId, long Seq);

public sealed record Typing(long RoomId, long UserId);
