namespace Marketplace.Web.Chat.Rooms;

/// <summary>Who talks in a room, and about which listing. That a member finds it is the permission to read the room.</summary>
public sealed record RoomParties(long RoomId, long ListingId, long BuyerId, long SellerId);
