using Marketplace.Web.Data;
using Marketplace.Web.Safety.Reports;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Listings;

/// <summary>Listings and their sellers, for reports of everybody who can open their pages.</summary>
internal sealed class ReportedListings : IReportable
{
    public async Task<Reported?> FindAsync(MarketplaceDbContext db, ReportTarget target, long readerId) =>
        target switch
        {
            { Kind: ReportKind.Listing, ListingId: { } id } => await ListingAsync(db, id),
            { Kind: ReportKind.Person, PersonId: { } id } => await PersonAsync(db, id),
            _ => null,
        };

    private static async Task<Reported?> ListingAsync(MarketplaceDbContext db, long id) =>
        await ListingQueries.Listing(db, id).SingleOrDefaultAsync() is { IsErased: false } listing
            ? new(
                listing.SellerId,
                listing.SellerName,
                listing.Title,
                new()
                {
                    Listing = new(
                        listing.Id,
                        listing.Title,
                        listing.Description,
                        listing.Price,
                        listing.Currency,
                        listing.Place,
                        [.. listing.Photos.Select(photo => photo.File)]
                    ),
                },
                listing.Id
            )
            : null;

    private static async Task<Reported?> PersonAsync(MarketplaceDbContext db, long id)
    {
        if (await SellerQueries.Seller(db, id).SingleOrDefaultAsync() is not { } person)
            return null;
        var place = await db
            .Listings.Where(listing => listing.SellerId == id && listing.OnSale)
            .OrderByDescending(listing => listing.Id)
            .Select(listing => listing.Place)
            .FirstOrDefaultAsync();
        return new(person.Id, person.Name, null, new() { Person = new(person.Id, person.Name, person.Since, place) });
    }
}
