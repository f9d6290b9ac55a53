namespace Marketplace.Web.Chat.Rooms;

/// <summary>A room's members and listing. Finding it by membership is the permission to read the room.</summary>
public sealed record RoomParties(
    long RoomId,
    long ListingId,
    long BuyerId,
    long SellerId,
    RoomRestrictions Restrictions
)
{
    public bool IsBlockedBy(long userId) => Restrictions.IsBlockedBy(buyer: userId == BuyerId);
}
