using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Search;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Data.Search;

// Before the first request: after an update, and for messages not written by the journal. Resumes where it stopped.
public sealed class MessageIndexing(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    IMessageIndex index,
    ILogger<MessageIndexing> log
)
{
    private const int AtOnce = 5_000;

    public async Task CatchUpAsync()
    {
        long newest;
        await using (var db = await database.CreateDbContextAsync())
        {
            await index.PrepareAsync(db);
            newest = await index.NewestAsync(db);
        }
        while (await transactions.InTransactionAsync(db => AddAsync(db, newest)) is { } added)
        {
            newest = added;
            log.LogInformation("Messages can be found up to number {Newest}", newest);
        }
    }

    // What another process writes meanwhile is indexed with it: only what lacks in this transaction is added.
    private async Task<long?> AddAsync(MarketplaceDbContext db, long after)
    {
        var missing = await ReadAsync(db, index.Missing(db, after));
        if (missing.Count == 0)
            return null;
        await index.AddAsync(db, missing);
        return missing[^1].Id;
    }

    private static async Task<IReadOnlyList<IndexedMessage>> ReadAsync(
        MarketplaceDbContext db,
        IQueryable<Message> missing
    ) =>
        await missing
            .OrderBy(message => message.Id)
            .Take(AtOnce)
            .Select(message => new IndexedMessage(
                message.Id,
                message.Body,
                db.Memberships.Where(member => member.RoomId == message.RoomId).Select(member => member.UserId).ToList()
            ))
            .ToListAsync();
}
