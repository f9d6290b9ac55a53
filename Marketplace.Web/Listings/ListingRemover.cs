using Marketplace.Web.Data;
using Marketplace.Web.Outbox;
using Marketplace.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Listings;

/// <summary>Removes listings for the administration, and brings them back, in the caller's transaction.</summary>
public sealed class ListingRemover(Broadcaster broadcaster)
{
    /// <summary>What to tell open pages after the commit; null if there is nothing to do.</summary>
    public async Task<Action?> SetAsync(MarketplaceDbContext db, long id, bool isRemoved, DateTime now)
    {
        // A no-op update takes the row lock, so that no settlement comes between.
        var rows = db.Listings.Where(listing => listing.Id == id);
        await rows.ExecuteUpdateAsync(listing => listing.SetProperty(l => l.Moves, l => l.Moves));
        if (await rows.SingleOrDefaultAsync() is not { } found || found.RemovedAt is not null == isRemoved)
            return null;
        if (isRemoved)
            found.Remove(now);
        else
            found.Restore(now);
        await OutboxEntries.WakeAsync(db, OutboxEntry.Listing, OutboxEntry.KeyOf(id), now);
        await db.SaveChangesAsync();
        return () => broadcaster.Publish(ListingTopics.Listing(id), new ListingChanged(id));
    }
}
