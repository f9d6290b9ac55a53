using Marketplace.Web.Data;

namespace Marketplace.Web.Outbox;

internal static class OutboxQueries
{
    public static IQueryable<OutboxEntry> Due(MarketplaceDbContext db, string kind, DateTime now) =>
        db
            .Outbox.Where(entry => entry.Kind == kind && entry.DueAt <= now)
            .Where(entry => entry.LeasedUntil == null || entry.LeasedUntil < now);

    public static IQueryable<OutboxEntry> Leased(MarketplaceDbContext db, Guid lease) =>
        db.Outbox.Where(entry => entry.LeaseId == lease);
}
