using Marketplace.Web.Accounts.Closing;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Safety;

/// <summary>Whom a person blocks. Who blocks the person is theirs, not the person's: it is erased, not exported.</summary>
internal sealed class BlockData(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    IBlockedRooms rooms
) : IPersonalData
{
    public async Task ExportAsync(long userId, PersonalArchive archive, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        await archive.WriteAsync("blocks.json", await BlockQueries.Of(db, userId).ToListAsync(cancellation));
    }

    public async Task EraseAsync(long userId, CancellationToken cancellation)
    {
        foreach (var block in await BlocksAsync(userId, cancellation))
            (await transactions.InTransactionAsync(db => EndAsync(db, block), cancellation))();
    }

    private async Task<IReadOnlyList<Block>> BlocksAsync(long userId, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await db
            .Blocks.AsNoTracking()
            .Where(block => block.BlockerId == userId || block.BlockedId == userId)
            .ToListAsync(cancellation);
    }

    private async Task<Action> EndAsync(MarketplaceDbContext db, Block block)
    {
        await db
            .Blocks.Where(one => one.BlockerId == block.BlockerId && one.BlockedId == block.BlockedId)
            .ExecuteDeleteAsync();
        return await rooms.RestrictAsync(db, block.BlockerId, block.BlockedId, isBlocked: false);
    }
}
