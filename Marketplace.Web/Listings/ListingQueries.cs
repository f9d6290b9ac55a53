using Marketplace.Web.Data;
using Marketplace.Web.Outbox;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Listings;

/// <summary>Queries of listings; each is one statement that uses an index.</summary>
internal static class ListingQueries
{
    private const int MaxWords = 6;

    public static IQueryable<ListingCardView> Search(MarketplaceDbContext db, ListingFilter filter)
    {
        // Walking ids finds the first matches soon; the index of a wide range would need all rows sorted.
        var walksIds = filter is { Order: ListingOrder.Newest } and ({ HasPrice: true } or { Place: not null });
        var onSale = walksIds ? db.Listings.Where(listing => listing.OnSale) : OnSale(db);
        var listings = Matching(db, onSale, filter);
        return Cards(db, Ordered(Below(listings, filter), filter.Order).Take(filter.Limit));
    }

    public static IQueryable<long> Counted(MarketplaceDbContext db, ListingFilter filter, int most) =>
        Matching(db, OnSale(db), filter).Select(listing => listing.Id).Take(most);

    public static IQueryable<Favourite> Saved(MarketplaceDbContext db, long userId, Favourite? last)
    {
        var saved = db.Favourites.AsNoTracking().Where(f => f.UserId == userId);
        if (last is not null)
            saved = saved.Where(f =>
                f.CreatedAt < last.CreatedAt || (f.CreatedAt == last.CreatedAt && f.ListingId < last.ListingId)
            );
        return saved.OrderByDescending(f => f.CreatedAt).ThenByDescending(f => f.ListingId);
    }

    public static IQueryable<ListingCardView> OfIds(MarketplaceDbContext db, IReadOnlyList<long> ids) =>
        Cards(
            db,
            from listing in db.Listings
            where ids.Contains(listing.Id)
            where db.Users.Any(seller => seller.Id == listing.SellerId && seller.ErasedAt == null)
            select listing
        );

    public static IQueryable<ListingView> Listing(MarketplaceDbContext db, long id) =>
        from listing in db.Listings
        where listing.Id == id
        join seller in db.Users on listing.SellerId equals seller.Id
        select new ListingView(
            listing.Id,
            listing.Title,
            listing.Description,
            listing.Price,
            listing.Currency,
            listing.Category,
            listing.Place,
            listing.State,
            seller.Id,
            seller.DisplayName,
            seller.JoinedAt,
            seller.SuspendedAt == null && seller.ClosedAt == null,
            listing.CreatedAt,
            // Subqueries instead of joins: for a join, SQLite would read the photos of all listings.
            listing
                .Photos.OrderBy(photo => photo.Position)
                .Select(photo => new ShownPhotoView(
                    photo.File,
                    db.Files.Where(file => file.Name == photo.File).Select(file => file.Width).FirstOrDefault(),
                    db.Files.Where(file => file.Name == photo.File).Select(file => file.Height).FirstOrDefault(),
                    photo.Thumbnail,
                    db.Files.Where(file => file.Name == photo.Thumbnail).Select(file => file.Width).FirstOrDefault()
                ))
                .ToList(),
            listing.Condition,
            listing.InPerson,
            listing.Shipping,
            listing.ReservedForId,
            listing.Moves,
            listing.MovedFrom,
            seller.ErasedAt != null,
            listing.RemovedAt != null
        )
        {
            MinOffer = listing.MinOffer,
        };

    public static IQueryable<OfferView> Offer(MarketplaceDbContext db, long id) =>
        from listing in db.Listings
        where listing.Id == id
        join seller in db.Users on listing.SellerId equals seller.Id
        select new OfferView(listing.SellerId, listing.State, seller.ErasedAt != null || listing.RemovedAt != null);

    public static IQueryable<long> WithWord(MarketplaceDbContext db, string word) =>
        Terms(db, word).Select(term => term.ListingId);

    /// <summary>The listings that have all of these words; at least one must be given.</summary>
    public static IQueryable<long> WithWords(MarketplaceDbContext db, IEnumerable<string> words) =>
        words.Select(word => WithWord(db, word)).Aggregate((all, some) => all.Where(id => some.Contains(id)));

    public static IQueryable<ListingTerm> Terms(MarketplaceDbContext db, string word)
    {
        var after = Folding.After(word);
        return db.ListingTerms.Where(term => term.Term.CompareTo(word) >= 0 && term.Term.CompareTo(after) < 0);
    }

    // Compared with a parameter, because SQLite uses no index for the bare column.
    private static IQueryable<Listing> OnSale(MarketplaceDbContext db, bool isOnSale = true) =>
        db.Listings.Where(listing => listing.OnSale == isOnSale);

    private static IQueryable<Listing> Matching(
        MarketplaceDbContext db,
        IQueryable<Listing> listings,
        ListingFilter filter
    )
    {
        foreach (var word in SearchWord.Of(filter.Text ?? "").SelectMany(sought => sought.Tokens).Take(MaxWords))
        {
            var found = WithWord(db, word);
            listings = listings.Where(listing => found.Contains(listing.Id));
        }
        if (filter.Category is { } category)
            listings = listings.Where(listing => listing.Category == category);
        if (filter.MinPrice is { } least)
            listings = listings.Where(listing => listing.Price >= least);
        if (filter.MaxPrice is { } most)
            listings = listings.Where(listing => listing.Price <= most);
        if (filter.Conditions is { Count: > 0 } conditions)
            listings = listings.Where(l => l.Condition != null && conditions.Contains(l.Condition.Value));
        if (filter.InPerson != filter.Shipping)
            listings = filter.InPerson ? listings.Where(l => l.InPerson) : listings.Where(l => l.Shipping);
        if (Words.Key(filter.Place ?? "") is { Length: > 0 } place)
        {
            var after = Folding.After(place);
            listings = listings.Where(l => l.PlaceKey.CompareTo(place) >= 0 && l.PlaceKey.CompareTo(after) < 0);
        }
        return listings;
    }

    private static IQueryable<Listing> Below(IQueryable<Listing> listings, ListingFilter filter)
    {
        if (PageCursor.Parse(filter.Cursor) is not { } cursor)
            return listings;
        var (price, id) = (cursor.Place ?? 0, cursor.Id);
        return filter.Order switch
        {
            ListingOrder.Cheapest => listings.Where(l => l.Price > price || (l.Price == price && l.Id > id)),
            ListingOrder.Dearest => listings.Where(l => l.Price < price || (l.Price == price && l.Id < id)),
            _ => listings.Where(l => l.Id < id),
        };
    }

    private static IQueryable<Listing> Ordered(IQueryable<Listing> listings, ListingOrder order) =>
        order switch
        {
            ListingOrder.Cheapest => listings.OrderBy(l => l.Price).ThenBy(l => l.Id),
            ListingOrder.Dearest => listings.OrderByDescending(l => l.Price).ThenByDescending(l => l.Id),
            _ => listings.OrderByDescending(l => l.Id),
        };

    internal static IQueryable<ListingCardView> Cards(MarketplaceDbContext db, IQueryable<Listing> listings) =>
        listings.Select(listing => new ListingCardView(
            listing.Id,
            listing.Title,
            listing.Price,
            listing.Currency,
            listing.Category,
            listing.Place,
            listing.State,
            listing.Cover,
            listing.SellerId,
            db.Users.Single(user => user.Id == listing.SellerId).DisplayName,
            listing.CreatedAt,
            listing.Condition,
            listing.InPerson,
            listing.Shipping,
            listing.PhotoCount,
            listing.Moves,
            listing.RemovedAt != null
        ));

    /// <summary>Who likes the listing and has not been told of its price since (UTC), the latest first.</summary>
    public static IQueryable<long> ToldOfPrice(MarketplaceDbContext db, long listingId, DateTime since) =>
        from favourite in db.Favourites
        where favourite.ListingId == listingId
        where
            !db.Notices.Any(notice =>
                notice.PersonId == favourite.UserId
                && notice.Kind != NoticeKind.Message
                && notice.Kind == NoticeKind.PriceDropped
                && notice.ListingId == listingId
                && notice.At > since
            )
        orderby favourite.CreatedAt descending
        select favourite.UserId;
}
