using System.Globalization;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Accounts;

/// <summary>Ends the suspensions whose time is over, to within a minute.</summary>
public sealed class SuspensionEnds(
    IServiceScopeFactory scopes,
    IDbContextFactory<MarketplaceDbContext> database,
    JobLeases leases,
    AccountStates states,
    TimeProvider clock,
    ILogger<SuspensionEnds> log
) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    /// <summary>At once; the others a minute later.</summary>
    private const int Most = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await EndAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(exception, "Suspensions that are over could not be ended, and are tried again");
            }
            await Task.Delay(Between, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal async Task EndAsync(CancellationToken stopping)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        List<long> over;
        await using (var db = await database.CreateDbContextAsync(stopping))
            over = await db
                .Users.Where(user => user.SuspendedUntil <= now)
                .Select(user => user.Id)
                .Take(Most)
                .ToListAsync(stopping);
        if (over.Count > 0)
            await leases.TryRunAsync("suspension ends", ends => EndAsync(over, now, ends), stopping);
    }

    private async Task EndAsync(IReadOnlyList<long> over, DateTime now, CancellationToken ends)
    {
        foreach (var id in over)
        {
            ends.ThrowIfCancellationRequested();
            await using var scope = scopes.CreateAsyncScope();
            var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
            // An update that met another is tried again with the next round.
            if (
                await accounts.FindByIdAsync(id.ToString(CultureInfo.InvariantCulture)) is { } person
                && person.SuspendedUntil <= now
                && (await accounts.SetSuspendedAsync(person, null)).Succeeded
            )
                states.Changed(id);
        }
    }
}
