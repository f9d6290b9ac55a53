using System.Linq.Expressions;
using Marketplace.Web.Accounts.Closing;
using Marketplace.Web.Data;
using Marketplace.Web.Realtime;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Listings;

/// <summary>A person's listings and favourites.</summary>
internal sealed class ListingData(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    IEnquiries enquiries,
    IDeals deals,
    Broadcaster broadcaster
) : IPersonalData
{
    public async Task ExportAsync(long userId, PersonalArchive archive, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        await archive.WriteAsync("listings.json", await Listings(db, userId).ToListAsync(cancellation));
        await archive.WriteAsync("favourites.json", await Favourites(db, userId).ToListAsync(cancellation));
    }

    /// <summary>Withdraws what is on sale.</summary>
    public async Task<Refusal?> LeaveAsync(long userId)
    {
        foreach (var id in await IdsAsync(userId, listing => listing.OnSale))
            if ((await deals.SettleAsync(id, ListingState.Withdrawn)).Refusal is { } refusal)
                return refusal;
        return null;
    }

    /// <summary>A listing that somebody has asked about keeps its title and price, the facts of their conversation.</summary>
    public async Task EraseAsync(long userId, CancellationToken cancellation)
    {
        foreach (var id in await IdsAsync(userId, _ => true))
        {
            var isKept = await enquiries.HasRoomsAsync(id);
            await transactions.InTransactionAsync(db => EraseAsync(db, id, isKept), cancellation);
            broadcaster.Publish(ListingTopics.Listing(id), new ListingChanged(id));
        }
        await transactions.InTransactionAsync(
            db => db.Favourites.Where(favourite => favourite.UserId == userId).ExecuteDeleteAsync(cancellation),
            cancellation
        );
    }

    private static async Task<bool> EraseAsync(MarketplaceDbContext db, long id, bool isKept)
    {
        var listing = await db
            .Listings.AsSplitQuery()
            .Include(one => one.Photos)
            .Include(one => one.Terms)
            .SingleAsync(one => one.Id == id);
        listing.Erase();
        await db.Favourites.Where(favourite => favourite.ListingId == id).ExecuteDeleteAsync();
        if (!isKept)
            db.Listings.Remove(listing);
        return isKept;
    }

    private async Task<IReadOnlyList<long>> IdsAsync(long userId, Expression<Func<Listing, bool>> which)
    {
        await using var db = await database.CreateDbContextAsync();
        return await db
            .Listings.Where(listing => listing.SellerId == userId)
            .Where(which)
            .Select(listing => listing.Id)
            .ToListAsync();
    }

    private static IQueryable<object> Listings(MarketplaceDbContext db, long userId) =>
        from listing in db.Listings
        where listing.SellerId == userId
        orderby listing.Id
        select new
        {
            listing.Id,
            listing.Title,
            listing.Description,
            PriceInCents = listing.Price,
            listing.Currency,
            listing.Category,
            listing.Place,
            listing.Condition,
            listing.State,
            RemovedByAdministrationAt = listing.RemovedAt,
            listing.CreatedAt,
            listing.ChangedAt,
            Photos = listing.Photos.OrderBy(photo => photo.Position).Select(photo => photo.File).ToList(),
        };

    private static IQueryable<object> Favourites(MarketplaceDbContext db, long userId) =>
        from favourite in db.Favourites
        where favourite.UserId == userId
        join listing in db.Listings on favourite.ListingId equals listing.Id
        orderby favourite.CreatedAt
        select new
        {
            favourite.ListingId,
            listing.Title,
            favourite.CreatedAt,
        };
}
