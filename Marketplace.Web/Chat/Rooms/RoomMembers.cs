namespace Marketplace.Web.Chat.Rooms;

/// <summary>A room and its members, as locked by the journal.</summary>
public sealed record RoomMembers(Room Room, IReadOnlyList<Membership> Members)
{
    public Membership? Of(long userId) => Members.FirstOrDefault(member => member.UserId == userId);
}
