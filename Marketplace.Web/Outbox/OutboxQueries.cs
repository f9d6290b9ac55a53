using Marketplace.Web.Data;

namespace Marketplace.Web.Outbox;

internal static class OutboxQueries
{
    public static IQueryable<OutboxEntry> Due(MarketplaceDbContext db, string kind, DateTime now) =>
        db
            .Outbox.Where(entry => entry.Kind == kind && entry.DueAt <= now)
            .Where(entry => entry.LeasedUntil == null || entry.LeasedUntil < now);

    /// <summary>What a worker tells the person now, by mail or on a device.</summary>
    public static IQueryable<OutboxEntry> Telling(MarketplaceDbContext db, long personId)
    {
        var key = OutboxEntry.KeyOf(personId);
        return db.Outbox.Where(entry =>
            entry.LeaseId != null
            && (
                (entry.Kind == OutboxEntry.Notices && entry.Key == key)
                || (entry.Kind == OutboxEntry.Push && entry.Data == key)
            )
        );
    }

    /// <summary>The person's notices of a kind whose data begins so, the last first. Not of messages.</summary>
    public static IQueryable<long> Notices(MarketplaceDbContext db, long personId, NoticeKind kind, string data) =>
        db
            .Notices.Where(notice =>
                notice.PersonId == personId && notice.Kind != NoticeKind.Message && notice.Kind == kind
            )
            .Where(notice => notice.Data != null && notice.Data.StartsWith(data))
            .OrderByDescending(notice => notice.Id)
            .Select(notice => notice.Id);

    public static IQueryable<OutboxEntry> Leased(MarketplaceDbContext db, Guid lease) =>
        db.Outbox.Where(entry => entry.LeaseId == lease);
}
