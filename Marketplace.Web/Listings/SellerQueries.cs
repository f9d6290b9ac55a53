using Marketplace.Web.Data;
using Marketplace.Web.Safety.Reports;

namespace Marketplace.Web.Listings;

internal static class SellerQueries
{
    public static IQueryable<SellerView> Seller(MarketplaceDbContext db, long id) =>
        from user in db.Users
        where user.Id == id && user.SuspendedAt == null && user.ClosedAt == null
        select new SellerView(
            user.Id,
            user.DisplayName,
            user.JoinedAt,
            db.Listings.Count(listing => listing.SellerId == user.Id && listing.OnSale)
        );

    public static IQueryable<ListingCardView> OnSale(MarketplaceDbContext db, long sellerId, long before, int limit) =>
        ListingQueries.Cards(db, Below(db, sellerId, before).Where(listing => listing.OnSale).Take(limit));

    public static IQueryable<ListingCardView> InState(
        MarketplaceDbContext db,
        long sellerId,
        ListingState state,
        long before,
        int limit
    ) => ListingQueries.Cards(db, Below(db, sellerId, before).Where(listing => listing.State == state).Take(limit));

    public static IQueryable<StateCount> Counts(MarketplaceDbContext db, long sellerId) =>
        from listing in db.Listings
        where listing.SellerId == sellerId
        group listing by listing.State into listings
        select new StateCount(listings.Key, listings.Count());

    /// <summary>By what the administration removed the seller's listing, the last first.</summary>
    public static IQueryable<RemovalView> Removals(MarketplaceDbContext db, long sellerId, long listingId) =>
        from listing in db.Listings
        where listing.Id == listingId && listing.SellerId == sellerId && listing.RemovedAt != null
        from report in db.Reports
        where report.PersonId == sellerId && report.ListingId == listingId && report.Kind == ReportKind.Listing
        let last = db
            .ReportDecisions.Where(decision => decision.ReportId == report.Id)
            .OrderByDescending(decision => decision.Id)
            .Select(decision => (ReportOutcome?)decision.Outcome)
            .FirstOrDefault()
        where last == ReportOutcome.ListingRemoved
        orderby report.Id descending
        select new RemovalView(
            report.Id,
            db.ReportDecisions.Where(decision => decision.ReportId == report.Id)
                .OrderByDescending(decision => decision.Id)
                .Select(decision => decision.Rule)
                .FirstOrDefault()
        );

    private static IQueryable<Listing> Below(MarketplaceDbContext db, long sellerId, long before) =>
        db
            .Listings.Where(listing => listing.SellerId == sellerId && listing.Id < before)
            .OrderByDescending(listing => listing.Id);
}

internal sealed record StateCount(ListingState State, int Count);
