namespace Marketplace.Web.Chat.Rooms;

public sealed record RoomMembers(Room Room, IReadOnlyList<Membership> Members)
{
    public Membership? Of(long userId) => Members.FirstOrDefault(member => member.UserId == userId);
}
