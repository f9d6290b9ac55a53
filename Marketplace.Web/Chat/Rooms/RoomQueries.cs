using Marketplace.Web.Data;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>Queries with a person filter by that person; those with only a room need an authorised caller.</summary>
internal static class RoomQueries
{
    /// <summary>In characters. The cut may split one, which <see cref="VisibleText.Begin"/> repairs.</summary>
    internal const int DraftShown = 100;

    public static IQueryable<RoomParties> Parties(MarketplaceDbContext db, long userId, long roomId) =>
        from membership in db.Memberships
        where membership.UserId == userId && membership.RoomId == roomId
        join room in db.Rooms on membership.RoomId equals room.Id
        select new RoomParties(room.Id, room.ListingId, room.BuyerId, room.SellerId, room.Restrictions);

    public static IQueryable<ContactView> Contact(MarketplaceDbContext db, long listingId, long buyerId) =>
        db
            .Rooms.Where(room => room.ListingId == listingId && room.BuyerId == buyerId)
            .Select(room => new ContactView(room.Id, room.ListingId, room.BuyerId, room.SellerId, false));

    /// <summary>When the person's last rooms since then were opened, the newest first.</summary>
    public static IQueryable<DateTime> Opened(MarketplaceDbContext db, long buyerId, DateTime since) =>
        db
            .Rooms.Where(room => room.BuyerId == buyerId && room.CreatedAt > since)
            .OrderByDescending(room => room.CreatedAt)
            .Select(room => room.CreatedAt);

    public static IQueryable<RoomView> Room(MarketplaceDbContext db, long userId, long roomId) =>
        from membership in db.Memberships
        where membership.UserId == userId && membership.RoomId == roomId
        from view in Supervised(db, roomId)
        select view;

    public static IQueryable<RoomView> Supervised(MarketplaceDbContext db, long roomId) =>
        from room in db.Rooms
        where room.Id == roomId
        join listing in db.Listings on room.ListingId equals listing.Id
        join buyer in db.Users on room.BuyerId equals buyer.Id
        join seller in db.Users on room.SellerId equals seller.Id
        join buys in db.Memberships
            on new { RoomId = room.Id, UserId = buyer.Id } equals new { buys.RoomId, buys.UserId }
        join sells in db.Memberships
            on new { RoomId = room.Id, UserId = seller.Id } equals new { sells.RoomId, sells.UserId }
        select new RoomView(
            room.Id,
            listing.Id,
            new MemberView(
                buyer.Id,
                buyer.DisplayName,
                buys.ReadSeq,
                buys.SharedReadSeq,
                buys.Unread,
                buyer.HidesReceipts,
                buyer.HidesPresence,
                db.LastSeen.Where(seen => seen.UserId == buyer.Id).Select(seen => (DateTime?)seen.At).FirstOrDefault(),
                buyer.JoinedAt,
                buyer.ClosedAt != null
            ),
            new MemberView(
                seller.Id,
                seller.DisplayName,
                sells.ReadSeq,
                sells.SharedReadSeq,
                sells.Unread,
                seller.HidesReceipts,
                seller.HidesPresence,
                db.LastSeen.Where(seen => seen.UserId == seller.Id).Select(seen => (DateTime?)seen.At).FirstOrDefault(),
                seller.JoinedAt,
                seller.ClosedAt != null
            ),
            listing.Title,
            listing.Price,
            listing.Currency,
            listing.State,
            listing.ReservedForId,
            listing.Moves,
            listing.Cover,
            room.CreatedAt,
            room.FirstSeq,
            room.LastSeq,
            room.Rev,
            SeenListing.Of(room.Snapshot)
        )
        {
            Restrictions = room.Restrictions,
            DealData = db.Deals.Where(deal => deal.RoomId == room.Id).Select(deal => deal.Data).FirstOrDefault(),
        };

    /// <summary>The rooms that may be purged: of any other nothing may be taken away for good.</summary>
    public static IQueryable<Room> Purgeable(MarketplaceDbContext db) =>
        db.Rooms.Where(room => !db.RoomHolds.Any(hold => hold.RoomId == room.Id));

    public static IQueryable<RoomParties> SupervisedParties(MarketplaceDbContext db, long roomId) =>
        db
            .Rooms.Where(room => room.Id == roomId)
            .Select(room => new RoomParties(room.Id, room.ListingId, room.BuyerId, room.SellerId, room.Restrictions));

    public static IQueryable<Doubt> Doubt(MarketplaceDbContext db, long listingId, long senderId) =>
        from listing in db.Listings
        where listing.Id == listingId
        select new Doubt(
            db.Users.Where(user => user.Id == senderId).Select(user => user.JoinedAt).Single(),
            listing.Price
        );

    public static IQueryable<ListingSnapshot?> Seen(MarketplaceDbContext db, long roomId) =>
        db.Rooms.Where(room => room.Id == roomId).Select(room => ListingSnapshot.Of(room.Snapshot));

    public static IQueryable<ListingSnapshot> Snapshot(MarketplaceDbContext db, long listingId) =>
        from listing in db.Listings
        where listing.Id == listingId
        select new ListingSnapshot(
            listing.Title,
            listing.Description,
            listing.Price,
            listing.Currency,
            listing.Photos.OrderBy(photo => photo.Position).Select(photo => photo.File).ToList()
        );

    public static IQueryable<Enquiry> Enquiries(MarketplaceDbContext db, long listingId, long sellerId) =>
        db
            .Rooms.Where(room => room.ListingId == listingId && room.SellerId == sellerId)
            .OrderBy(room => room.Id)
            .Select(room => new Enquiry(room.Id, room.BuyerId, room.LastSeq > 0));

    public static IQueryable<MembershipChanged> Membership(MarketplaceDbContext db, long userId, long roomId) =>
        db
            .Memberships.Where(m => m.UserId == userId && m.RoomId == roomId)
            .Select(m => new MembershipChanged(
                m.RoomId,
                new InboxPosition(m.SortKey, m.Unread, m.MutedUntil),
                new InboxMarks(m.Shelf, m.Draft == null ? null : m.Draft.Substring(0, DraftShown))
            ));

    public static IQueryable<string?> Draft(MarketplaceDbContext db, long userId, long roomId) =>
        db.Memberships.Where(m => m.UserId == userId && m.RoomId == roomId).Select(m => m.Draft);
}

internal sealed record Enquiry(long RoomId, long BuyerId, bool HasBegun);

/// <summary>What the rules of safety are told of a message in which they may find something.</summary>
internal sealed record Doubt(DateTime JoinedAt, long Price);
