using Marketplace.Web.Accounts.Credentials;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Accounts.Closing;

/// <summary>Erases what closed accounts wrote, once their owners can no longer take it back.</summary>
internal sealed class ClosedAccounts(
    IServiceScopeFactory scopes,
    IDbContextFactory<MarketplaceDbContext> database,
    TimeProvider clock,
    ILogger<ClosedAccounts> log
) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, clock);
        try
        {
            do await TryAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The process is stopping.
        }
    }

    /// <summary>Erases those that are due; returns how many.</summary>
    public async Task<int> EraseAsync(CancellationToken cancellation)
    {
        var due = await DueAsync(cancellation);
        foreach (var id in due)
            await EraseAsync(id, cancellation);
        return due.Count;
    }

    private async Task TryAsync(CancellationToken cancellation)
    {
        try
        {
            await EraseAsync(cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.LogError(exception, "Closed accounts could not be erased; this is tried again in an hour");
        }
    }

    private async Task<IReadOnlyList<long>> DueAsync(CancellationToken cancellation)
    {
        // Later than the link lasts, so that no account is restored while it is erased.
        var until = clock.GetUtcNow().UtcDateTime - TakeBack.Life - Between;
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
        var now = clock.GetUtcNow().UtcDateTime;
        var transactions = scope.ServiceProvider.GetRequiredService<WriteTransactions>();
        await transactions.InTransactionAsync(
            db =>
                db.Users.Where(user => user.Id == id)
                    .ExecuteUpdateAsync(user => user.SetProperty(u => u.ErasedAt, now), cancellation),
            cancellation
        );
        log.LogInformation("The closed account {AccountId} was erased", id);
    }
}
