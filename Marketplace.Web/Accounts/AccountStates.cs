using System.Collections.Concurrent;
using System.Security.Claims;
using Marketplace.Web.Data;
using Marketplace.Web.Realtime;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.Web.Accounts;

/// <summary>What is true of an account now, whatever a cookie or a token says of it.</summary>
public sealed record AccountState(
    long Id,
    string DisplayName,
    string Email,
    bool IsAdministrator,
    bool IsSuspended,
    string SecurityStamp,
    bool HidesReceipts,
    bool HidesPresence
);

/// <summary>
/// The accounts that are in use, in memory, so that every request, hub call and circuit activity can compare what it
/// carries with what is true. <see cref="Changed"/> drops an entry and tells who listens to the account's topic.
/// </summary>
public sealed class AccountStates(
    IDbContextFactory<MarketplaceDbContext> database,
    Broadcaster broadcaster,
    IOptions<IdentityOptions> identity
)
{
    private readonly ConcurrentDictionary<long, Lazy<Task<AccountState?>>> states = new();

    /// <summary>The account behind a principal, if the principal still stands: known, not suspended, same stamp.</summary>
    public async ValueTask<AccountState?> FindAsync(ClaimsPrincipal principal) =>
        await OfSessionAsync(principal) is { IsSuspended: false } state ? state : null;

    /// <summary>Whether the principal would stand, were its account not suspended.</summary>
    public async ValueTask<bool> IsSuspendedAsync(ClaimsPrincipal principal) =>
        await OfSessionAsync(principal) is { IsSuspended: true };

    public async ValueTask<AccountState?> FindAsync(long id)
    {
        var entry = states.GetOrAdd(id, key => new Lazy<Task<AccountState?>>(() => ReadAsync(key)));
        try
        {
            return await entry.Value;
        }
        catch
        {
            states.TryRemove(KeyValuePair.Create(id, entry));
            throw;
        }
    }

    /// <summary>To be called after each committed change of an account.</summary>
    public void Changed(long id)
    {
        states.TryRemove(id, out _);
        broadcaster.Publish(AccountTopics.Account(id), new AccountChanged(id));
    }

    private async ValueTask<AccountState?> OfSessionAsync(ClaimsPrincipal principal)
    {
        var claims = identity.Value.ClaimsIdentity;
        if (!long.TryParse(principal.FindFirst(claims.UserIdClaimType)?.Value, out var id))
            return null;
        var state = await FindAsync(id);
        var stamp = principal.FindFirst(claims.SecurityStampClaimType)?.Value;
        return state?.SecurityStamp == stamp ? state : null;
    }

    private async Task<AccountState?> ReadAsync(long id)
    {
        await using var db = await database.CreateDbContextAsync();
        return await AccountQueries.State(db, id).SingleOrDefaultAsync();
    }
}
