using System.Text.Json.Serialization;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Realtime;

namespace Marketplace.Web.Chat;

/// <summary>Published after the commit. A room's topic is for administrators who are not members.</summary>
public static class ChatTopics
{
    public static Topic Person(long id) => new("person", id);

    public static Topic Room(long id) => new("room", id);

    /// <summary>What is written in any room, for the administrators' wall.</summary>
    public static readonly Topic AllRooms = new("rooms", 0);

    public static Topic Presence(long id) => new("presence", id);
}

/// <param name="Position">The topic owner's position; null in the room topic.</param>
public sealed record MessagePosted(MessageView Message, InboxPosition? Position = null) : IRelayed;

public sealed record MessageChanged(MessageView Message) : IRelayed;

/// <param name="Marks">Null if only the position changed.</param>
public sealed record MembershipChanged(long RoomId, InboxPosition Position, InboxMarks? Marks = null) : IRelayed;

/// <param name="At">When the person came online or was last online, in UTC.</param>
public sealed record PresenceChanged(long UserId, bool IsOnline, DateTime At) : IFleeting;

/// <summary>All who are online on one node, told now and then, so that what was lost is not believed for long.</summary>
public sealed record PresenceHeld(IReadOnlyList<PresenceChanged> People) : IFleeting;

/// <summary>A room's position in a person's inbox after the commit, so that receivers need not query it.</summary>
public sealed record InboxPosition(long SortKey, long Unread, DateTime? MutedUntil);

public sealed record InboxMarks(Shelf Shelf, string? Draft);

/// <param name="Position">Set in the reader's own topic only; never told to programs.</param>
public sealed record RoomRead(
    long RoomId,
    long UserId,
    long Seq,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] InboxPosition? Position = null
) : IRelayed;

/// <summary>One of the two blocks the other, or no longer does. Never sent to programs: they must not learn who.</summary>
public sealed record RoomRestricted(RoomParties Room, long Rev) : IRelayed;

/// <summary>The beginning of a room was purged. Programs are not told: nothing that they read from now on changes.</summary>
/// <param name="FirstSeq">The oldest seq kept.</param>
public sealed record RoomPurged(long RoomId, long FirstSeq) : IRelayed;

public sealed record Typing(long RoomId, long UserId) : IFleeting;
