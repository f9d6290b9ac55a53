using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Safety;

/// <summary>Whom the current user blocks. The other person is never told.</summary>
public sealed class BlockService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    IBlockedRooms rooms,
    PersonLimits limits,
    TimeProvider clock,
    IStringLocalizer<SafetyTexts> texts
)
{
    public const int MaxBlocks = 1_000;

    /// <summary>Blocks and their ends a minute.</summary>
    private const int UsualPace = 60;

    /// <summary>From the commit on, neither writes to the other. Blocking twice changes nothing.</summary>
    public Task<Refusal?> BlockAsync(long personId) => ChangeAsync(personId, BlockAsync);

    /// <summary>Changes nothing for a person who is not blocked.</summary>
    public Task<Refusal?> UnblockAsync(long personId) => ChangeAsync(personId, UnblockAsync);

    /// <summary>Lists whom the person blocks, the newest first; at most <see cref="MaxBlocks"/>.</summary>
    public async Task<IReadOnlyList<BlockView>> ListAsync()
    {
        if (await currentUser.FindAsync() is not { } me)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await BlockQueries.Of(db, me.Id).ToListAsync();
    }

    /// <summary>Returns null for a visitor, for oneself, and if there is no such person.</summary>
    public async Task<BlockStateView?> FindAsync(long personId)
    {
        if (await currentUser.FindAsync() is not { } me || me.Id == personId)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return await BlockQueries.State(db, me.Id, personId).SingleOrDefaultAsync();
    }

    private async Task<Refusal?> ChangeAsync(long personId, Func<MarketplaceDbContext, long, long, Task<Change>> change)
    {
        if (await currentUser.FindAsync() is not { } me)
            return Refuse(RefusalKind.Forbidden, "Block.SignIn");
        if (me.Id == personId)
            return Refuse(RefusalKind.Invalid, "Block.Self");
        if (limits.Take("Block", UsualPace, me.Id) is { } wait)
            return Refuse(RefusalKind.RateLimited, "Block.TooOften") with { RetryAfter = wait };
        // The journal locks rooms first and people second: one of the two may lose a deadlock, and tries again.
        var changed = await transactions.InTransactionAsync(db => change(db, me.Id, personId));
        changed.Tell?.Invoke();
        return changed.Refusal;
    }

    private async Task<Change> BlockAsync(MarketplaceDbContext db, long me, long personId)
    {
        await BlockLock.TakeAsync(db, me, personId);
        if (!await db.Users.AnyAsync(user => user.Id == personId && user.ClosedAt == null))
            return new(Refuse(RefusalKind.NotFound, "Block.NoPerson"));
        var mine = db.Blocks.Where(block => block.BlockerId == me);
        if (await mine.AnyAsync(block => block.BlockedId == personId))
            return new(null);
        if (await mine.CountAsync() >= MaxBlocks)
            return new(Refuse(RefusalKind.Invalid, "Block.TooMany", MaxBlocks));
        db.Blocks.Add(
            new()
            {
                BlockerId = me,
                BlockedId = personId,
                At = clock.GetUtcNow().UtcDateTime,
            }
        );
        return new(null, await rooms.RestrictAsync(db, me, personId, isBlocked: true));
    }

    private async Task<Change> UnblockAsync(MarketplaceDbContext db, long me, long personId)
    {
        await BlockLock.TakeAsync(db, me, personId);
        var own = db.Blocks.Where(block => block.BlockerId == me && block.BlockedId == personId);
        return await own.ExecuteDeleteAsync() == 0
            ? new(null)
            : new(null, await rooms.RestrictAsync(db, me, personId, isBlocked: false));
    }

    private Refusal Refuse(RefusalKind kind, string key, params object[] arguments) => new(kind, texts[key, arguments]);

    private readonly record struct Change(Refusal? Refusal, Action? Tell = null);
}
