using System.Globalization;
using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Data;
using Marketplace.Web.Outbox;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin;

/// <summary>What a change of an account follows from, in the same transaction, also if the account is so already.</summary>
/// <param name="ClaimAsync">Says why not, before anything is written.</param>
/// <param name="Until">When a suspension ends by itself.</param>
public sealed record ChangeCause(
    Func<MarketplaceDbContext, Task<Refusal?>> ClaimAsync,
    Func<MarketplaceDbContext, Task> AddAsync,
    DateTime? Until = null
);

/// <summary>Changes an account, records it and tells the person, or none of it.</summary>
public sealed class PersonChanges(
    IServiceScopeFactory scopes,
    WriteTransactions transactions,
    AuditRecord record,
    Notifier notifier,
    AccountStates states,
    TimeProvider clock,
    IStringLocalizer<AdminTexts> texts
)
{
    private const int MaxAttempts = 5;

    /// <summary>Null on success; without a cause, a conflict if the account is so already.</summary>
    public async Task<Refusal?> DoAsync(
        long administratorId,
        long personId,
        AuditAction action,
        ChangeCause? cause = null,
        string? why = null
    )
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var (isStored, refusal) = await transactions.RepeatAsync(() =>
                AttemptAsync(administratorId, personId, action, cause, why)
            );
            if (refusal is { Kind: RefusalKind.Forbidden })
                await record.WriteAsync(
                    administratorId,
                    new(action, PersonId: personId) { IsRefused = true, Text = why }
                );
            if (isStored || refusal is not null)
                return refusal;
        }
        return new Refusal(RefusalKind.Busy, texts["People.Busy"]);
    }

    // A fresh scope per attempt: a concurrent change (a failed sign-in is enough) fails the update.
    private async Task<(bool IsStored, Refusal? Refusal)> AttemptAsync(
        long administratorId,
        long personId,
        AuditAction action,
        ChangeCause? cause,
        string? why
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var (accounts, db) = (
            scope.ServiceProvider.GetRequiredService<AccountManager>(),
            scope.ServiceProvider.GetRequiredService<MarketplaceDbContext>()
        );
        if (
            await accounts.FindByIdAsync(personId.ToString(CultureInfo.InvariantCulture))
            is not { ClosedAt: null } person
        )
            return (false, new Refusal(RefusalKind.NotFound, texts["People.NotFound"]));
        var isDone = await IsDoneAsync(accounts, person, action);
        if (isDone && cause is null)
            return (false, new Refusal(RefusalKind.Conflict, texts[$"Already.{action}"]));
        var stored = await transactions.InTransactionAsync(
            db,
            () =>
                isDone
                    ? FollowAsync(db, cause!)
                    : ChangeAsync(db, accounts, administratorId, person, action, cause, why)
        );
        if (stored.IsStored)
        {
            // Who read the account before the commit has to read it again.
            states.Changed(personId);
            notifier.Tell([personId]);
        }
        return stored;
    }

    private static async Task<(bool IsStored, Refusal? Refusal)> FollowAsync(MarketplaceDbContext db, ChangeCause cause)
    {
        if (await cause.ClaimAsync(db) is { } refusal)
            return (false, refusal);
        await cause.AddAsync(db);
        return (true, null);
    }

    private async Task<(bool IsStored, Refusal? Refusal)> ChangeAsync(
        MarketplaceDbContext db,
        AccountManager accounts,
        long administratorId,
        User person,
        AuditAction action,
        ChangeCause? cause,
        string? why
    )
    {
        if (cause is not null && await cause.ClaimAsync(db) is { } refusal)
            return (false, refusal);
        // In the transaction: two who act on each other at once would leave the site to nobody.
        if (await IsLastAsync(db, person.Id, action))
            return (false, new(RefusalKind.Forbidden, texts["People.Last"]));
        if (!await DoAsync(db, accounts, administratorId, person, action, cause?.Until, why))
            return (false, null);
        if (cause is not null)
            await cause.AddAsync(db);
        return (true, null);
    }

    private static async Task<bool> IsLastAsync(MarketplaceDbContext db, long personId, AuditAction action) =>
        action is AuditAction.PersonSuspended or AuditAction.AdministratorRevoked
        && await AccountQueries.Administrators(db).ContainsAsync(personId)
        && !await AccountQueries.Administrators(db).AnyAsync(id => id != personId);

    // An action without effect is neither recorded nor told.
    private static async Task<bool> IsDoneAsync(AccountManager accounts, User person, AuditAction action) =>
        action switch
        {
            AuditAction.PersonSuspended => person.SuspendedAt is not null,
            AuditAction.PersonReinstated => person.SuspendedAt is null,
            _ => PeopleService.Change(action) is var (role, granted)
                && await accounts.IsInRoleAsync(person, role) == granted,
        };

    private async Task<bool> DoAsync(
        MarketplaceDbContext db,
        AccountManager accounts,
        long administratorId,
        User person,
        AuditAction action,
        DateTime? until,
        string? why
    )
    {
        if (!(await DoAsync(accounts, person, action, until)).Succeeded)
            return false;
        // Who may no longer look holds no report.
        if (action is AuditAction.AdministratorRevoked or AuditAction.PersonSuspended)
            await db
                .Reports.Where(report => report.HolderId == person.Id && report.HeldUntil != null)
                .ExecuteUpdateAsync(report => report.SetProperty(r => r.HeldUntil, (DateTime?)null));
        await record.AddAsync(db, administratorId, new(action, PersonId: person.Id) { Text = why });
        var notice = new Notice
        {
            PersonId = person.Id,
            Kind = Kind(action),
            At = clock.GetUtcNow().UtcDateTime,
        };
        await notifier.AddAsync(db, [notice]);
        return true;
    }

    private Task<IdentityResult> DoAsync(AccountManager accounts, User person, AuditAction action, DateTime? until) =>
        action switch
        {
            AuditAction.PersonSuspended => accounts.SetSuspendedAsync(person, clock.GetUtcNow().UtcDateTime, until),
            AuditAction.PersonReinstated => accounts.SetSuspendedAsync(person, null),
            _ => PeopleService.Change(action) is var (role, granted)
                ? accounts.SetRoleAsync(person, role, granted)
                : throw new ArgumentOutOfRangeException(nameof(action), action, "Not an action on a person."),
        };

    private static NoticeKind Kind(AuditAction action) =>
        action switch
        {
            AuditAction.PersonSuspended => NoticeKind.Suspended,
            AuditAction.PersonReinstated => NoticeKind.Reinstated,
            AuditAction.AdministratorGranted => NoticeKind.AdministratorGranted,
            AuditAction.AdministratorRevoked => NoticeKind.AdministratorRevoked,
            AuditAction.AuditorGranted => NoticeKind.AuditorGranted,
            _ => NoticeKind.AuditorRevoked,
        };
}
