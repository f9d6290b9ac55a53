using System.Runtime.CompilerServices;
using Marketplace.Web.Admin.Dashboard;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.Audit;

/// <summary>
/// Takes old entries away from the beginning of the record. Each batch is one transaction with its signed cut, so that
/// the record is whole at any time. It stops before the first entry about a room under a legal hold.
/// </summary>
public sealed class AuditCutter(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    SigningKey key,
    TimeProvider clock
)
{
    private const int AtOnce = 200;

    /// <summary>Entries of before this time (UTC), a batch at a time; how many each took away.</summary>
    public async IAsyncEnumerable<int> CutAsync(
        DateTime before,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        long end;
        await using (var db = await database.CreateDbContextAsync(cancellation))
            end = await Days.FirstAsync(FigureQueries.Entries(db), before, 0, cancellation);
        while (await transactions.InTransactionAsync(db => CutAsync(db, end), cancellation) is > 0 and var gone)
            yield return gone;
    }

    private async Task<int> CutAsync(MarketplaceDbContext db, long end)
    {
        var held = await AuditQueries.Held(db).MinAsync(entry => (long?)entry.Id);
        var gone = await AuditQueries.Before(db, Math.Min(end, held ?? long.MaxValue), AtOnce).ToListAsync();
        if (gone is not [.., var last])
            return 0;
        db.AuditCuts.Add(AuditCut.Of(last.Number, last.Hash, clock.GetUtcNow().UtcDateTime, key));
        await db.SaveChangesAsync();
        return await db.AuditEntries.Where(entry => entry.Id <= last.Id).ExecuteDeleteAsync();
    }
}
