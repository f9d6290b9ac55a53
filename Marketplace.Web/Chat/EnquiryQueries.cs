using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat;

/// <summary>What listings ask of conversations.</summary>
internal static class EnquiryQueries
{
    /// <summary>How many answered rooms a habit is read from, and among how many of the seller's newest they are looked for.</summary>
    private const int Rooms = 20;
    private const int NewestRooms = 100;

    /// <summary>An answer that comes after this many messages is not looked for: whoever asks so often is no measure.</summary>
    private const int Within = 40;

    public static IQueryable<EnquiryCount> Counts(MarketplaceDbContext db, IReadOnlyCollection<long> listingIds) =>
        from room in db.Rooms
        where listingIds.Contains(room.ListingId) && room.LastSeq > 0
        group room by room.ListingId into rooms
        select new EnquiryCount(rooms.Key, rooms.Count());

    public static IQueryable<long> Of(MarketplaceDbContext db, long listingId, long personId) =>
        db.Rooms.Where(r => r.ListingId == listingId && r.BuyerId == personId && r.LastSeq > 0).Select(r => r.Id);

    /// <summary>Who asked about a seller's own listing, the newest first.</summary>
    public static IQueryable<AskerView> Askers(MarketplaceDbContext db, long listingId, long sellerId, int limit) =>
        from room in db
            .Rooms.Where(r => r.ListingId == listingId && r.SellerId == sellerId && r.LastSeq > 0)
            .OrderByDescending(r => r.Id)
            .Take(limit)
        join buyer in db.Users on room.BuyerId equals buyer.Id
        orderby room.Id descending
        select new AskerView(buyer.Id, buyer.DisplayName);

    /// <summary>
    /// When the seller's newest answered rooms were opened by a question, and when it was answered. A room whose start is
    /// purged says nothing; lines that the system writes for the seller are no answers.
    /// </summary>
    public static IQueryable<EnquiryAnswer> Answers(MarketplaceDbContext db, long sellerId) =>
        from room in db
            .Rooms.Where(room => room.SellerId == sellerId)
            .OrderByDescending(room => room.Id)
            .Take(NewestRooms)
            .Where(room => room.FromSeller > 0 && room.FirstSeq == 1)
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

internal sealed record EnquiryCount(long ListingId, int Count);

internal sealed record EnquiryAnswer(DateTime? AskedAt, DateTime? AnsweredAt);
