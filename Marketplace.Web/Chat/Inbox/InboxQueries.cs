using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Inbox;

internal static class InboxQueries
{
    public static IQueryable<InboxCounts> Counts(MarketplaceDbContext db, long userId, int limit)
    {
        var memberships = db.Memberships.Where(m => m.UserId == userId && m.Shelf != Shelf.Archived && m.SortKey > 0);
        var (unread, buying, selling, offers, agreed) = (
            Filtered(db, memberships, InboxFilter.Unread),
            Filtered(db, memberships, InboxFilter.Buying),
            Filtered(db, memberships, InboxFilter.Selling),
            Filtered(db, memberships, InboxFilter.Offers),
            Filtered(db, memberships, InboxFilter.Agreed)
        );
        var archived = Memberships(db, userId, Shelf.Archived);
        return db
            .Users.Where(user => user.Id == userId)
            .Select(_ => new InboxCounts(
                memberships.Take(limit).Count(),
                unread.Take(limit).Count(),
                buying.Take(limit).Count(),
                selling.Take(limit).Count(),
                archived.Take(limit).Count(),
                offers.Take(limit).Count(),
                agreed.Take(limit).Count()
            ));
    }

    public static IQueryable<InboxRowView> Conversations(
        MarketplaceDbContext db,
        long userId,
        long place,
        long roomId,
        int limit
    )
    {
        IQueryable<Membership> On(Shelf shelf) => Page(Memberships(db, userId, shelf), place, roomId, limit);
        return Rows(
            db,
            On(Shelf.Open)
                .Concat(On(Shelf.Pinned))
                .Concat(On(Shelf.Archived))
                .OrderByDescending(m => m.SortKey)
                .ThenByDescending(m => m.RoomId)
                .Take(limit)
        );
    }

    public static IQueryable<InboxRowView> OnShelf(
        MarketplaceDbContext db,
        long userId,
        Shelf shelf,
        InboxFilter filter,
        long place,
        long roomId,
        int limit
    ) => Rows(db, Page(Filtered(db, Memberships(db, userId, shelf), filter), place, roomId, limit));

    /// <summary>Unanswered rooms of the person's listing, longest waiting first, then the others.</summary>
    public static IQueryable<InboxRowView> Waiting(MarketplaceDbContext db, long userId, long listingId, int limit) =>
        Rows(
            db,
            (
                from room in db.Rooms
                where room.ListingId == listingId && room.SellerId == userId && room.LastSeq > 0
                join membership in db.Memberships
                    on new { RoomId = room.Id, UserId = userId } equals new { membership.RoomId, membership.UserId }
                orderby room.WaitingSince == null ? 1 : 0, room.WaitingSince ?? room.LastAt
                select membership
            ).Take(limit)
        );

    public static IQueryable<InboxRowView> Named(
        MarketplaceDbContext db,
        long userId,
        IReadOnlyList<SearchWord> words,
        int limit
    )
    {
        var memberships =
            from membership in db.Memberships
            where membership.UserId == userId && membership.SortKey > 0
            join room in db.Rooms on membership.RoomId equals room.Id
            join other in db.Users on (room.BuyerId == membership.UserId ? room.SellerId : room.BuyerId) equals other.Id
            select new
            {
                membership,
                room.ListingId,
                other.NameKey,
            };
        foreach (var word in words)
        {
            var (listings, begin) = (ListingQueries.WithWords(db, word.Tokens), word.Text);
            // Scripts without spaces are matched inside a run, where no space precedes a word.
            var within = word.IsRun ? word.Text : " " + word.Text;
            memberships = memberships.Where(found =>
                found.NameKey.StartsWith(begin) || found.NameKey.Contains(within) || listings.Contains(found.ListingId)
            );
        }
        return Rows(
            db,
            memberships
                .OrderByDescending(found => found.membership.SortKey)
                .Select(found => found.membership)
                .Take(limit)
        );
    }

    public static IQueryable<ListingWithEnquiries> ListingsWithEnquiries(
        MarketplaceDbContext db,
        long userId,
        int limit
    ) =>
        (
            from listing in db.Listings
            where listing.SellerId == userId && db.Rooms.Any(room => room.ListingId == listing.Id && room.LastSeq > 0)
            orderby listing.Id descending
            select new ListingWithEnquiries(listing.Id, listing.Title)
        ).Take(limit);

    public static IQueryable<InboxRowView> OfRooms(
        MarketplaceDbContext db,
        long userId,
        IReadOnlyCollection<long> roomIds
    ) => Rows(db, db.Memberships.Where(m => m.UserId == userId && roomIds.Contains(m.RoomId)));

    public static IQueryable<UnreadView> Unread(MarketplaceDbContext db, long userId, int rooms) =>
        db
            .Memberships.Where(membership => membership.UserId == userId && membership.Unread > 0)
            .OrderByDescending(membership => membership.Unread)
            .Select(membership => new UnreadView(membership.RoomId, membership.Unread, membership.MutedUntil))
            .Take(rooms);

    private static IQueryable<Membership> Memberships(MarketplaceDbContext db, long userId, Shelf shelf) =>
        db.Memberships.Where(m => m.UserId == userId && m.Shelf == shelf && m.SortKey > 0);

    private static IQueryable<Membership> Page(
        IQueryable<Membership> memberships,
        long place,
        long roomId,
        int limit
    ) =>
        memberships
            .Where(m => m.SortKey < place || (m.SortKey == place && m.RoomId < roomId))
            .OrderByDescending(m => m.SortKey)
            .ThenByDescending(m => m.RoomId)
            .Take(limit);

    private static IQueryable<Membership> Filtered(
        MarketplaceDbContext db,
        IQueryable<Membership> memberships,
        InboxFilter filter
    ) =>
        filter switch
        {
            InboxFilter.Unread => memberships.Where(m => m.Unread > 0),
            InboxFilter.Buying => memberships.Where(m => db.Rooms.Any(r => r.Id == m.RoomId && r.BuyerId == m.UserId)),
            InboxFilter.Selling => memberships.Where(m =>
                db.Rooms.Any(r => r.Id == m.RoomId && r.SellerId == m.UserId)
            ),
            InboxFilter.Offers => memberships.Where(m =>
                db.Deals.Any(deal =>
                    deal.RoomId == m.RoomId && (deal.Stage == DealStage.Offered || deal.Stage == DealStage.OnHold)
                )
            ),
            InboxFilter.Agreed => memberships.Where(m =>
                db.Deals.Any(deal =>
                    deal.RoomId == m.RoomId && (deal.Stage == DealStage.Agreed || deal.Stage == DealStage.Meeting)
                )
            ),
            _ => memberships,
        };

    private static IQueryable<InboxRowView> Rows(MarketplaceDbContext db, IQueryable<Membership> memberships) =>
        from membership in memberships
        join room in db.Rooms on membership.RoomId equals room.Id
        join listing in db.Listings on room.ListingId equals listing.Id
        join other in db.Users on (room.BuyerId == membership.UserId ? room.SellerId : room.BuyerId) equals other.Id
        join made in db.Deals on room.Id equals made.RoomId into deals
        from deal in deals.DefaultIfEmpty()
        orderby membership.SortKey descending, membership.RoomId descending
        select new InboxRowView(
            room.Id,
            membership.SortKey,
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
            room.LastKind,
            room.LastPreview,
            room.LastAt,
            room.WaitingSince,
            membership.Unread,
            membership.Shelf,
            membership.MutedUntil,
            membership.Draft == null ? null : membership.Draft!.Substring(0, RoomQueries.DraftShown),
            !other.HidesPresence
        )
        {
            Restrictions = room.Restrictions,
            Deal = deal == null ? null : new DealView(deal!.Stage, deal.By, deal.Price, deal.MeetAt),
        };
}
