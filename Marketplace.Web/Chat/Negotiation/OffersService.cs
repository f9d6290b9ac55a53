using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Ratings;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Marketplace.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Negotiation;

/// <summary>Who asked about a listing, for its seller alone.</summary>
public sealed class OffersService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    Broadcaster broadcaster,
    TimeProvider clock
)
{
    /// <summary>Of those who asked; the page says how many there are, and the inbox has them all.</summary>
    public const int Page = 50;

    /// <summary>Null for everybody but the seller.</summary>
    public async Task<OffersView?> FindAsync(long listingId)
    {
        if (await currentUser.FindAsync() is not { } me)
            return null;
        await using var db = await database.CreateDbContextAsync();
        if (await OffersQueries.Listing(db, listingId, me.Id).SingleOrDefaultAsync() is not { } listing)
            return null;
        var rows = await OffersQueries.Asked(db, listingId, Page).ToListAsync();
        var rated = await RatingQueries
            .Sums(db, [.. rows.Select(row => row.PersonId)], clock.GetUtcNow().UtcDateTime - Rating.Window)
            .ToDictionaryAsync(sum => sum.PersonId);
        return listing with
        {
            Rows = [.. rows.Select(row => row with { Rated = rated.GetValueOrDefault(row.PersonId) })],
        };
    }

    /// <summary>What the caller is told of all their rooms and of this listing; null for a visitor.</summary>
    public async Task<Subscription?> ListenAsync(long listingId, Func<object, Task> receive) =>
        await currentUser.FindAsync() is { } me
            ? broadcaster.Subscribe([ChatTopics.Person(me.Id), ListingTopics.Listing(listingId)], receive)
            : null;

    /// <summary>The caller loads and disposes the session; <paramref name="run"/> is null on a static page.</summary>
    public OffersSession Open(long listingId, Func<Func<Task>, Task>? run) => new(this, listingId, run);
}
