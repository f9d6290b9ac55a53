using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Data;

namespace Marketplace.Web.Chat.Negotiation;

internal static class DealQueries
{
    public static IQueryable<RoomDeal> OfListing(MarketplaceDbContext db, long listingId) =>
        db.Deals.Where(deal => deal.ListingId == listingId);

    public static IQueryable<long> RoomsWithDeals(MarketplaceDbContext db, long listingId) =>
        db.Deals.Where(deal => deal.ListingId == listingId).Select(deal => deal.RoomId);

    /// <summary>
    /// The room alone, or all rooms of the listing: an act may reserve it, and whoever acts on a reservation may find that
    /// it has ended.
    /// </summary>
    public static IQueryable<long> RoomsConcerned(
        MarketplaceDbContext db,
        long listingId,
        long roomId,
        bool mayReserve
    ) =>
        db
            .Rooms.Where(room => room.ListingId == listingId)
            .Where(room =>
                room.Id == roomId
                || db.Deals.Any(deal =>
                    deal.RoomId == roomId
                    && (
                        deal.Stage == DealStage.Agreed
                        || deal.Stage == DealStage.Meeting
                        || (mayReserve && deal.Stage == DealStage.Offered)
                    )
                )
            )
            .Select(room => room.Id);

    public static IQueryable<RoomDeal> OpenOfBuyer(MarketplaceDbContext db, long buyerId) =>
        from room in db.Rooms
        where room.BuyerId == buyerId
        join deal in db.Deals on room.Id equals deal.RoomId
        where
            deal.Stage == DealStage.Offered
            || deal.Stage == DealStage.OnHold
            || deal.Stage == DealStage.Agreed
            || deal.Stage == DealStage.Meeting
        select deal;

    public static IQueryable<long> Rooms(MarketplaceDbContext db, long userId) =>
        from membership in db.Memberships
        where membership.UserId == userId
        join deal in db.Deals on membership.RoomId equals deal.RoomId
        select deal.RoomId;

    /// <summary>What the person did to the deal of a room.</summary>
    public static IQueryable<Message> Steps(MarketplaceDbContext db, long userId, long roomId) =>
        db.Messages.Where(message =>
            message.RoomId == roomId && message.SenderId == userId && message.Kind == MessageKind.Deal
        );

    public static IQueryable<object> Exported(MarketplaceDbContext db, long userId) =>
        from membership in db.Memberships
        where membership.UserId == userId
        join deal in db.Deals on membership.RoomId equals deal.RoomId
        orderby deal.RoomId
        select new
        {
            deal.RoomId,
            deal.ListingId,
            deal.Stage,
            OfferedBy = deal.By,
            PriceInCents = deal.Price,
            deal.MeetAt,
        };

    /// <summary>The person, if suspended or without an account.</summary>
    public static IQueryable<User> IsGone(MarketplaceDbContext db, long personId) =>
        db.Users.Where(user => user.Id == personId && (user.SuspendedAt != null || user.ClosedAt != null));
}
