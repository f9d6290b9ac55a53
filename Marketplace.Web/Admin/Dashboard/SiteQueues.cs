using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Data;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.Dashboard;

/// <param name="Due">How much waits, up to <see cref="SiteQueues.Max"/>.</param>
/// <param name="Oldest">Since when the longest due waits (UTC); null if nothing does, and for the journal.</param>
public sealed record QueueView(string Kind, long Due, DateTime? Oldest);

/// <summary>What waits to be told (mails, push messages, notices) and, in this process, to be written.</summary>
public sealed class SiteQueues(
    IDbContextFactory<MarketplaceDbContext> database,
    IEnumerable<IOutboxWorker> workers,
    MessageJournal journal,
    TimeProvider clock
)
{
    /// <summary>More than so many are not counted.</summary>
    public const int Max = 10_000;

    public const string Journal = "journal";

    public async Task<IReadOnlyList<QueueView>> ReadAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var found = new List<QueueView> { new(Journal, journal.Waiting, null) };
        await using var db = await database.CreateDbContextAsync(cancellation);
        foreach (var kind in workers.Select(worker => worker.Kind).Order(StringComparer.Ordinal))
        {
            var due = OutboxQueries.Due(db, kind, now);
            found.Add(
                new(
                    kind,
                    await due.Take(Max).LongCountAsync(cancellation),
                    await due.OrderBy(entry => entry.DueAt)
                        .Select(entry => (DateTime?)entry.DueAt)
                        .FirstOrDefaultAsync(cancellation)
                )
            );
        }
        return found;
    }
}
