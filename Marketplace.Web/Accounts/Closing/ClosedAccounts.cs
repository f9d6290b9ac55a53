using Marketplace.Web.Accounts.Credentials;
using Marketplace.Web.Data;
using Marketplace.Web.Shared.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Accounts.Closing;

/// <summary>Erases what closed accounts wrote, once their owners can no longer take it back.</summary>
internal sealed class ClosedAccounts(
    IServiceScopeFactory scopes,
    IDbContextFactory<MarketplaceDbContext> database,
    JobLeases leases,
    TimeProvider clock,
    ILogger<ClosedAccounts> log
) : HourlyService(clock, log)
{
    protected override Task<bool> DoAsync(CancellationToken stopping) =>
        leases.TryRunAsync("closed accounts", EraseAsync, stopping);

    /// <summary>Erases those that are due; returns how many.</summary>
    public async Task<int> EraseAsync(CancellationToken cancellation)
    {
        var erased = 0;
        foreach (var id in await DueAsync(cancellation))
            erased += await TryEraseAsync(id, cancellation) ? 1 : 0;
        return erased;
    }

    /// <summary>Erases them once more, in the next round: something that was kept of them no longer has to be.</summary>
    public static Task<int> EraseAgainAsync(MarketplaceDbContext db, IReadOnlyList<long> ids) =>
        db
            .Users.Where(user => ids.Contains(user.Id) && user.ErasedAt != null)
            .ExecuteUpdateAsync(user => user.SetProperty(u => u.ErasedAt, (DateTime?)null));

    private async Task<bool> TryEraseAsync(long id, CancellationToken cancellation)
    {
        try
        {
            await EraseAsync(id, cancellation);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.LogError(exception, "The closed account {AccountId} could not be erased yet", id);
            return false;
        }
    }

    private async Task<IReadOnlyList<long>> DueAsync(CancellationToken cancellation)
    {
        // Later than the link lasts, so that no account is restored while it is erased.
        var until = Clock.GetUtcNow().UtcDateTime - TakeBack.Life - Between;
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await db
            .Users.Where(user => user.ClosedAt <= until && user.ErasedAt == null)
            .Select(user => user.Id)
            .ToListAsync(cancellation);
    }

    private async Task EraseAsync(long id, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        foreach (var feature in scope.ServiceProvider.GetServices<IPersonalData>())
            await feature.EraseAsync(id, cancellation);
        var now = Clock.GetUtcNow().UtcDateTime;
        var transactions = scope.ServiceProvider.GetRequiredService<WriteTransactions>();
        await transactions.InTransactionAsync(
            db =>
                db.Users.Where(user => user.Id == id)
                    .ExecuteUpdateAsync(user => user.SetProperty(u => u.ErasedAt, now), cancellation),
            cancellation
        );
        Log.LogInformation("The closed account {AccountId} was erased", id);
    }
}
