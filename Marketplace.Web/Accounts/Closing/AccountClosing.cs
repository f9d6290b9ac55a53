using Marketplace.Web.Accounts.Credentials;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Accounts.Closing;

/// <summary>
/// Closes an account: at once nothing in it names the person or lets them in, and only the link in the mail brings it
/// back. What they wrote is erased later (<see cref="ClosedAccounts"/>).
/// </summary>
public sealed class AccountClosing(
    CurrentUser currentUser,
    AccountManager accounts,
    AccountStates states,
    IEnumerable<IPersonalData> features,
    WriteTransactions transactions,
    TakeBack takeBack,
    TimeProvider clock,
    IStringLocalizer<AccountTexts> texts
)
{
    /// <summary>Closes the current person's account. Null on success, otherwise why it stays.</summary>
    public async Task<Refusal?> CloseAsync()
    {
        if (!await currentUser.IsProvedAsync() || await FindAsync() is not { } user)
            return new(RefusalKind.Forbidden, texts["Proof.Title"]);
        if (await IsLastAdministratorAsync(user))
            return new(RefusalKind.Forbidden, texts["Close.LastAdministrator"]);
        foreach (var feature in features)
            if (await feature.LeaveAsync(user.Id) is { } refusal)
                return refusal;
        var before = await takeBack.LookAsync(user, AccountChange.Closed);
        await transactions.InTransactionAsync(db => CloseAsync(db, user.Id));
        takeBack.Tell(before);
        states.Changed(user.Id);
        return null;
    }

    private async Task<User?> FindAsync() =>
        await currentUser.FindAsync() is { } me ? await accounts.FindByIdAsync($"{me.Id}") : null;

    private async Task<bool> IsLastAdministratorAsync(User user) =>
        await accounts.IsInRoleAsync(user, Roles.Administrator)
        && (await accounts.GetUsersInRoleAsync(Roles.Administrator)).Count == 1;

    private async Task<int> CloseAsync(MarketplaceDbContext db, long id)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var stamp = Guid.NewGuid().ToString("N");
        await db.UserRoles.Where(one => one.UserId == id).ExecuteDeleteAsync();
        await db.UserTokens.Where(one => one.UserId == id).ExecuteDeleteAsync();
        await db.Set<IdentityUserPasskey<long>>().Where(one => one.UserId == id).ExecuteDeleteAsync();
        await db.Sessions.Where(one => one.UserId == id).ExecuteDeleteAsync();
        await db.ArchiveRequests.Where(one => one.UserId == id).ExecuteDeleteAsync();
        await db.UserTerms.Where(one => one.UserId == id).ExecuteDeleteAsync();
        return await db
            .Users.Where(user => user.Id == id)
            .ExecuteUpdateAsync(user =>
                user.SetProperty(u => u.ClosedAt, now)
                    .SetProperty(u => u.DisplayName, "")
                    .SetProperty(u => u.NameKey, "")
                    .SetProperty(u => u.Email, (string?)null)
                    .SetProperty(u => u.NormalizedEmail, (string?)null)
                    .SetProperty(u => u.UserName, (string?)null)
                    .SetProperty(u => u.NormalizedUserName, (string?)null)
                    .SetProperty(u => u.PasswordHash, (string?)null)
                    .SetProperty(u => u.Culture, (string?)null)
                    .SetProperty(u => u.TimeZone, (string?)null)
                    .SetProperty(u => u.TwoFactorEnabled, false)
                    .SetProperty(u => u.SecurityStamp, stamp)
                    .SetProperty(u => u.ConcurrencyStamp, stamp)
            );
    }
}
