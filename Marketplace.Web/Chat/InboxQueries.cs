using Marketplace.Web.Data;

namespace Marketplace.Web.Chat;

/// <summary>Every read of a person's list of conversations; each answers with one statement.</summary>
internal static class InboxQueries
{
    /// <summary>A page of a person's list, newest first, below the row (place, room).</summary>
    public static IQueryable<ConversationView> Conversations(
        MarketplaceDbContext db,
        long userId,
        long place,
        long roomId,
        int limit
    ) =>
        Rows(
            db,
            db.Memberships.Where(m => m.UserId == userId && m.Place > 0)
                .Where(m => m.Place < place || (m.Place == place && m.RoomId < roomId))
                .OrderByDescending(m => m.Place)
                .ThenByDescending(m => m.RoomId)
                .Take(limit)
        );

    /// <summary>One row of a person's list.</summary>
    public static IQueryable<ConversationView> Conversation(MarketplaceDbContext db, long userId, long roomId) =>
        Rows(db, db.Memberships.Where(m => m.UserId == userId && m.RoomId == roomId));

    /// <summary>The rooms that have most unread messages: the caller adds them up.</summary>
    public static IQueryable<UnreadView> Unread(MarketplaceDbContext db, long userId, int rooms) =>
        db
            .Memberships.Where(membership => membership.UserId == userId && membership.Unread > 0)
            .OrderByDescending(membership => membership.Unread)
            .Select(membership => new UnreadView(membership.RoomId, membership.Unread))
            .Take(rooms);

    private static IQueryable<ConversationView> Rows(MarketplaceDbContext db, IQueryable<Membership> memberships) =>
        from membership in memberships
        join room in db.Rooms on membership.RoomId equals room.Id
        join listing in db.Listings on room.ListingId equals listing.Id
        join other in db.Users on (room.BuyerId == membership.UserId ? room.SellerId : room.BuyerId) equals other.Id
        orderby membership.Place descending, membership.RoomId descending
        select new ConversationView(
            room.Id,
            membership.Place,
            listing.Id,
            listing.Title,
            listing.Price,
            listing.Currency,
            listing.State,
            listing.Cover,
            room.BuyerId,
            room.SellerId,
            other.Id,
            other.DisplayName,
            room.LastSeq,
            room.LastSenderId,
            room.LastPreview,
            room.LastAt,
            membership.Unread
        );
}
