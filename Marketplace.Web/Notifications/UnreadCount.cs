using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Inbox;

namespace Marketplace.Web.Notifications;

/// <summary>A person's unread messages without muted rooms, kept up to date by the events of their rooms.</summary>
internal sealed class UnreadCount(IEnumerable<UnreadView> rooms)
{
    private readonly Dictionary<long, UnreadView> rooms = rooms.ToDictionary(room => room.RoomId);

    /// <param name="now">UTC.</param>
    public long At(DateTime now) => rooms.Values.Where(room => !(room.MutedUntil > now)).Sum(room => room.Unread);

    /// <summary>When a muted room counts again (UTC); null if none does.</summary>
    public DateTime? NextAfter(DateTime now) =>
        rooms.Values.Where(room => room.Unread > 0 && room.MutedUntil > now).Min(room => room.MutedUntil);

    public void Place(long roomId, InboxPosition position)
    {
        if (position.Unread == 0)
            rooms.Remove(roomId);
        else
            rooms[roomId] = new(roomId, position.Unread, position.MutedUntil);
    }
}
