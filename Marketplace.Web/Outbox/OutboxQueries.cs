using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Outbox;

internal static class OutboxQueries
{
    public static IQueryable<OutboxEntry> Due(MarketplaceDbContext db, string kind, DateTime now) =>
        db
            .Outbox.Where(entry => entry.Kind == kind && entry.DueAt <= now)
            .Where(entry => entry.LeasedUntil == null || entry.LeasedUntil < now);

    /// <summary>Takes the longest due entries for this lease; of two at once, the second finds them taken.</summary>
    public static Task<int> LeaseAsync(
        MarketplaceDbContext db,
        string kind,
        int limit,
        Guid lease,
        DateTime now,
        DateTime until
    )
    {
        var oldest = Due(db, kind, now).OrderBy(entry => entry.DueAt).ThenBy(entry => entry.Id).Take(limit);
        return Due(db, kind, now)
            .Where(entry => oldest.Select(one => one.Id).Contains(entry.Id))
            .ExecuteUpdateAsync(entry =>
                entry
                    .SetProperty(e => e.LeaseId, lease)
                    .SetProperty(e => e.LeasedUntil, until)
                    .SetProperty(e => e.Attempts, e => e.Attempts + 1)
            );
    }

    public static IQueryable<OutboxEntry> Leased(MarketplaceDbContext db, Guid lease) =>
        db.Outbox.Where(entry => entry.LeaseId == lease);
}
