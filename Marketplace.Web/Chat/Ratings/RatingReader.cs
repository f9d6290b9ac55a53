using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Ratings;

/// <summary>What others say of a person, for everybody.</summary>
internal sealed class RatingReader(IDbContextFactory<MarketplaceDbContext> database, TimeProvider clock) : IRatings
{
    private const int Newest = 10;

    public async Task<StandingView> StandingAsync(long personId)
    {
        await using var db = await database.CreateDbContextAsync();
        return await RatingQueries.Standing(db, personId, SoldBefore).SingleOrDefaultAsync() ?? new(0, 0, 0);
    }

    public async Task<IReadOnlyList<RatingView>> LastAsync(long personId)
    {
        await using var db = await database.CreateDbContextAsync();
        return await RatingQueries.Last(db, personId, SoldBefore, Newest).ToListAsync();
    }

    private DateTime SoldBefore => clock.GetUtcNow().UtcDateTime - Rating.Window;
}
