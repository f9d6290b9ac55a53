using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Outbox;

public static class OutboxEntries
{
    /// <summary>
    /// Lets the entry of this kind and key be due at this time (UTC), in the caller's transaction: there is one. Its worker
    /// must be safe to call too early and once too often.
    /// </summary>
    public static async Task WakeAsync(MarketplaceDbContext db, string kind, string key, DateTime dueAt)
    {
        if (db.Outbox.Local.FirstOrDefault(entry => entry.Kind == kind && entry.Key == key) is { } added)
            added.DueAt = dueAt;
        else if (await UpdateAsync(db, kind, key, dueAt) == 0)
            db.Outbox.Add(
                new OutboxEntry
                {
                    Kind = kind,
                    Key = key,
                    DueAt = dueAt,
                }
            );
    }

    private static Task<int> UpdateAsync(MarketplaceDbContext db, string kind, string key, DateTime dueAt) =>
        db
            .Outbox.Where(entry => entry.Kind == kind && entry.Key == key)
            .ExecuteUpdateAsync(entry =>
                entry.SetProperty(e => e.DueAt, dueAt).SetProperty(e => e.Touched, e => e.Touched + 1)
            );
}
