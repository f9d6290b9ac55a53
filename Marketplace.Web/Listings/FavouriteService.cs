using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Listings;

public sealed class FavouriteService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    IEnquiries enquiries,
    TimeProvider clock,
    IStringLocalizer<ListingTexts> texts
)
{
    /// <summary>Saves or removes a favourite (idempotent); returns null on success.</summary>
    public async Task<Refusal?> MarkAsync(long listingId, bool isSaved)
    {
        if (await currentUser.FindAsync() is not { } me)
            return new Refusal(RefusalKind.Forbidden, texts["Listing.SignIn"]);
        if (isSaved)
            return await SaveAsync(me.Id, listingId)
                ? null
                : new Refusal(RefusalKind.NotFound, texts["Favourite.NotFound"]);
        await transactions.InTransactionAsync(db => Of(db, me.Id, listingId).ExecuteDeleteAsync());
        return null;
    }

    public async Task<Hearts> AmongAsync(IEnumerable<long> listingIds)
    {
        if (await currentUser.FindAsync() is not { } me)
            return Hearts.OfVisitor;
        var ids = listingIds.ToArray();
        await using var db = await database.CreateDbContextAsync();
        var saved = await db
            .Favourites.Where(f => f.UserId == me.Id && ids.Contains(f.ListingId))
            .Select(f => f.ListingId)
            .ToListAsync();
        return new(me.Id, saved.ToHashSet()) { Deals = await enquiries.DealsAsync(ids, me.Id) };
    }

    public async Task<ListingPageView> PageAsync(string? cursor, int limit = ListingFilter.Page)
    {
        if (await currentUser.FindAsync() is not { } me)
            return new([], null);
        await using var db = await database.CreateDbContextAsync();
        var saved = await ListingQueries.Saved(db, me.Id, At(cursor)).Take(limit + 1).ToListAsync();
        var ids = saved.Take(limit).Select(f => f.ListingId).ToList();
        var cards = await ListingQueries.OfIds(db, ids).ToDictionaryAsync(card => card.Id);
        var next =
            saved.Count > limit
                ? new PageCursor(saved[limit - 1].CreatedAt.Ticks, saved[limit - 1].ListingId).ToString()
                : null;
        return new([.. ids.Where(cards.ContainsKey).Select(id => cards[id])], next);
    }

    private async Task<bool> SaveAsync(long userId, long listingId)
    {
        try
        {
            return await transactions.InTransactionAsync(async db =>
            {
                var isThere = await Of(db, userId, listingId).AnyAsync();
                var mayBe = isThere || await db.Listings.AnyAsync(l => l.Id == listingId && l.SellerId != userId);
                if (mayBe && !isThere)
                    db.Favourites.Add(
                        new()
                        {
                            UserId = userId,
                            ListingId = listingId,
                            CreatedAt = clock.GetUtcNow().UtcDateTime,
                        }
                    );
                return mayBe;
            });
        }
        catch (DbUpdateException)
        {
            // Another node saved it concurrently; the primary key admitted only one.
            await using var db = await database.CreateDbContextAsync();
            if (!await Of(db, userId, listingId).AnyAsync())
                throw;
            return true;
        }
    }

    private static IQueryable<Favourite> Of(MarketplaceDbContext db, long userId, long listingId) =>
        db.Favourites.Where(f => f.UserId == userId && f.ListingId == listingId);

    private static Favourite? At(string? cursor) =>
        PageCursor.Parse(cursor) is ({ } at, var listing) && at <= DateTime.MaxValue.Ticks
            ? new() { CreatedAt = new DateTime(at, DateTimeKind.Utc), ListingId = listing }
            : null;
}

/// <param name="ReaderId">Null for a visitor, who must sign in first.</param>
public sealed record Hearts(long? ReaderId, IReadOnlySet<long> Saved)
{
    public static readonly Hearts OfVisitor = new(null, new HashSet<long>());

    /// <summary>What the reader has offered or agreed as a buyer, by listing.</summary>
    public IReadOnlyDictionary<long, ListingDeal> Deals { get; init; } = new Dictionary<long, ListingDeal>();
}
