namespace Marketplace.Web.Chat.Rooms;

/// <summary>A room and its members, as the journal locks them.</summary>
public sealed record RoomMembers(Room Room, IReadOnlyList<Membership> Members)
{
    /// <summary>The person's membership; null for who is no member.</summary>
    public Membership? Of(long userId) => Members.FirstOrDefault(member => member.UserId == userId);
}
