using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Data;

namespace Marketplace.Web.Chat.Negotiation;

internal static class OffersQueries
{
    public static IQueryable<OffersView> Listing(MarketplaceDbContext db, long listingId, long sellerId) =>
        from listing in db.Listings
        where listing.Id == listingId && listing.SellerId == sellerId
        select new OffersView(
            listing.Id,
            listing.Title,
            listing.Price,
            listing.Currency,
            listing.State,
            listing.ReservedForId,
            listing.Moves,
            listing.Cover,
            listing.RemovedAt != null,
            db.Rooms.Count(room => room.ListingId == listing.Id && room.LastSeq > 0)
        );

    /// <summary>Whom it is kept for or sold to, then offers by price, then who waits longest, then the answered.</summary>
    public static IQueryable<AskedView> Asked(MarketplaceDbContext db, long listingId, int limit) =>
        (
            from room in db.Rooms
            where room.ListingId == listingId && room.LastSeq > 0
            join buyer in db.Users on room.BuyerId equals buyer.Id
            join made in db.Deals on room.Id equals made.RoomId into deals
            from deal in deals.DefaultIfEmpty()
            let isOpen = deal != null
                && (
                    deal.Stage == DealStage.Offered
                    || deal.Stage == DealStage.OnHold
                    || deal.Stage == DealStage.Agreed
                    || deal.Stage == DealStage.Meeting
                )
            let isKept = db.Listings.Any(listing =>
                listing.Id == room.ListingId && listing.ReservedForId == room.BuyerId
            )
            orderby isKept ? 0
            : isOpen ? 1
            : room.WaitingSince != null ? 2
            : 3, isOpen ? -deal!.Price : 0, room.WaitingSince ?? room.LastAt, room.Id
            select new AskedView(
                room.Id,
                buyer.Id,
                buyer.DisplayName,
                buyer.ClosedAt != null || buyer.SuspendedAt != null,
                room.Restrictions,
                room.FromSeller > 0,
                room.WaitingSince,
                deal == null ? DealStage.None : deal!.Stage,
                deal == null ? Side.Buyer : deal!.By,
                deal == null ? 0 : deal!.Price,
                deal == null ? null : deal!.MeetAt
            )
        ).Take(limit);
}
