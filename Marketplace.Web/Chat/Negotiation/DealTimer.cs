using System.Globalization;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Data;
using Marketplace.Web.Outbox;

namespace Marketplace.Web.Chat.Negotiation;

/// <summary>Lets time pass for a deal when something is due: an entry of the outbox, of which there is one per room.</summary>
internal sealed class DealTimer(MessageJournal journal, TimeProvider clock) : IOutboxWorker
{
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(5);

    string IOutboxWorker.Kind => OutboxEntry.Deal;

    public int AtOnce => 16;

    /// <summary>In the transaction that changes the deal.</summary>
    public static Task SetAsync(MarketplaceDbContext db, long roomId, DateTime? due) =>
        // An entry of which nothing is due any more goes when its time comes.
        due is { } at
            ? OutboxEntries.WakeAsync(db, OutboxEntry.Deal, OutboxEntry.KeyOf(roomId), at)
            : Task.CompletedTask;

    public async Task<TimeSpan?> TellAsync(OutboxEntry entry, CancellationToken cancellation)
    {
        var passing = DealMove.BySite(long.Parse(entry.Key, CultureInfo.InvariantCulture), new PassTime());
        if (!journal.TryTake(passing))
            return Busy;
        var made = await passing.Stored.WaitAsync(cancellation);
        return made.Deal?.Due - clock.GetUtcNow().UtcDateTime is { } rest
            ? rest < TimeSpan.Zero
                ? TimeSpan.Zero
                : rest
            : null;
    }
}
