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
        await using var db = await database.CreateDbContextAsync();
        await index.PrepareAsync(db);
        var newest = await index.NewestAsync(db);
        while (await ReadAsync(db, newest) is { Count: > 0 } missing)
        {
            await transactions.InTransactionAsync(async to =>
            {
                await index.AddAsync(to, missing);
                return missing.Count;
            });
            newest = missing[^1].Id;
            log.LogInformation("Messages can be found up to number {Newest}", newest);
        }
    }

    private static async Task<IReadOnlyList<IndexedMessage>> ReadAsync(MarketplaceDbContext db, long after) =>
        await db
            .Messages.Where(message => message.Id > after)
            .OrderBy(message => message.Id)
            .Take(AtOnce)
            .Select(message => new IndexedMessage(
                message.Id,
                message.Body,
                db.Memberships.Where(member => member.RoomId == message.RoomId).Select(member => member.UserId).ToList()
            ))
            .ToListAsync();
}
