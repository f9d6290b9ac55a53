using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat;

internal static class EnquiryQueries
{
    // The answer time is computed from this many answered rooms, among the seller's newest.
    private const int Rooms = 20;
    private const int NewestRooms = 100;

    // Later answers are ignored, which bounds the search in each room.
    private const int Within = 40;

    public static IQueryable<EnquiryCount> Counts(MarketplaceDbContext db, IReadOnlyCollection<long> listingIds) =>
        from room in db.Rooms
        where listingIds.Contains(room.ListingId) && room.LastSeq > 0
        join made in db.Deals.Where(deal =>
            deal.By == Side.Buyer && (deal.Stage == DealStage.Offered || deal.Stage == DealStage.OnHold)
        )
            on room.Id equals made.RoomId
            into deals
        from deal in deals.DefaultIfEmpty()
        group deal by room.ListingId into rooms
        select new EnquiryCount(rooms.Key, rooms.Count(), rooms.Max(deal => (long?)deal.Price));

    public static IQueryable<EnquiryDeal> Deals(
        MarketplaceDbContext db,
        IReadOnlyCollection<long> listingIds,
        long buyerId
    ) =>
        from room in db.Rooms
        where room.BuyerId == buyerId && listingIds.Contains(room.ListingId)
        join deal in db.Deals on room.Id equals deal.RoomId
        where
            deal.Stage == DealStage.Offered
            || deal.Stage == DealStage.OnHold
            || deal.Stage == DealStage.Agreed
            || deal.Stage == DealStage.Meeting
        select new EnquiryDeal(room.ListingId, deal.Stage, deal.Price, deal.MeetAt);

    public static IQueryable<EnquiryOpenDeal> OpenDeals(MarketplaceDbContext db, long listingId, long sellerId) =>
        from room in db.Rooms
        where room.ListingId == listingId && room.SellerId == sellerId
        join deal in db.Deals on room.Id equals deal.RoomId
        where
            deal.Stage == DealStage.Offered
            || deal.Stage == DealStage.OnHold
            || deal.Stage == DealStage.Agreed
            || deal.Stage == DealStage.Meeting
        orderby deal.Stage descending, deal.Price descending, room.Id
        join buyer in db.Users on room.BuyerId equals buyer.Id
        select new EnquiryOpenDeal(buyer.DisplayName, deal.Stage, deal.Price, deal.MeetAt);

    public static IQueryable<long> Of(MarketplaceDbContext db, long listingId, long personId) =>
        db.Rooms.Where(r => r.ListingId == listingId && r.BuyerId == personId && r.LastSeq > 0).Select(r => r.Id);

    public static IQueryable<AskerView> Askers(MarketplaceDbContext db, long listingId, long sellerId, int limit) =>
        from room in db
            .Rooms.Where(r => r.ListingId == listingId && r.SellerId == sellerId && r.LastSeq > 0)
            .Where(r => r.Restrictions == RoomRestrictions.None)
            .OrderByDescending(r => r.Id)
            .Take(limit)
        join buyer in db.Users on room.BuyerId equals buyer.Id
        orderby room.Id descending
        select new AskerView(buyer.Id, buyer.DisplayName);

    /// <summary>From the seller's newest answered rooms, opened since then. Purged starts and system lines do not count.</summary>
    public static IQueryable<EnquiryAnswer> Answers(MarketplaceDbContext db, long sellerId, DateTime since) =>
        from room in db
            .Rooms.Where(room => room.SellerId == sellerId)
            .OrderByDescending(room => room.Id)
            .Take(NewestRooms)
            .Where(room => room.FromSeller > 0 && room.FirstSeq == 1 && room.CreatedAt >= since)
            .OrderByDescending(room => room.Id)
            .Take(Rooms)
        select new EnquiryAnswer(
            db.Messages.Where(m => m.RoomId == room.Id && m.Seq == 1 && m.SenderId == room.BuyerId)
                .Select(m => (DateTime?)m.SentAt)
                .FirstOrDefault(),
            db.Messages.Where(m =>
                    m.RoomId == room.Id && m.Seq <= Within && m.SenderId == room.SellerId && m.Kind == MessageKind.Text
                )
                .OrderBy(m => m.Seq)
                .Select(m => (DateTime?)m.SentAt)
                .FirstOrDefault()
        );
}

internal sealed record EnquiryCount(long ListingId, int Count, long? BestOffer);

internal sealed record EnquiryDeal(long ListingId, DealStage Stage, long Price, DateTime? MeetAt);

internal sealed record EnquiryOpenDeal(string Name, DealStage Stage, long Price, DateTime? MeetAt);

internal sealed record EnquiryAnswer(DateTime? AskedAt, DateTime? AnsweredAt);
