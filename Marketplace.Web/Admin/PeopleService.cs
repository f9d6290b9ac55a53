using System.Globalization;
using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Data;
using Marketplace.Web.Outbox;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin;

public sealed class PeopleService(
    CurrentUser currentUser,
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

    /// <summary>Whether the action needs a fresh proof: who steals an open page must not make more administrators.</summary>
    public static bool NeedsProof(AuditAction action) => Change(action) is { Granted: true };

    /// <summary>Acts, records it and tells the person, or none of it. Null on success or if there is nothing to do, otherwise the refusal.</summary>
    public async Task<Refusal?> ActAsync(long personId, AuditAction action)
    {
        if (await currentUser.FindAdministratorAsync() is not { } administrator)
            return new Refusal(RefusalKind.NotFound, texts["People.NotFound"]);
        if (await WhyNotAsync(administrator.Id, personId, action) is { } refusal)
        {
            await record.WriteAsync(administrator.Id, new(action, PersonId: personId) { IsRefused = true });
            return refusal;
        }
        return await DoAsync(administrator.Id, personId, action);
    }

    private async Task<Refusal?> WhyNotAsync(long administratorId, long personId, AuditAction action) =>
        personId == administratorId ? new Refusal(RefusalKind.Forbidden, texts["People.Self"])
        : NeedsProof(action) && !await currentUser.IsProvedAsync()
            ? new Refusal(RefusalKind.Unproved, texts["People.Unproved"])
        : null;

    private async Task<Refusal?> DoAsync(long administratorId, long personId, AuditAction action)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            // A fresh scope per attempt: a concurrent change (a failed sign-in is enough) fails the update.
            await using var scope = scopes.CreateAsyncScope();
            var (accounts, db) = (
                scope.ServiceProvider.GetRequiredService<AccountManager>(),
                scope.ServiceProvider.GetRequiredService<MarketplaceDbContext>()
            );
            if (
                await accounts.FindByIdAsync(personId.ToString(CultureInfo.InvariantCulture))
                is not { ClosedAt: null } person
            )
                return new Refusal(RefusalKind.NotFound, texts["People.NotFound"]);
            if (await IsDoneAsync(accounts, person, action))
                return null;
            if (
                !await transactions.InTransactionAsync(db, () => DoAsync(db, accounts, administratorId, person, action))
            )
                continue;
            // Who read the account before the commit has to read it again.
            states.Changed(personId);
            notifier.Tell([personId]);
            return null;
        }
        return new Refusal(RefusalKind.Busy, texts["People.Busy"]);
    }

    // An action without effect is neither recorded nor told.
    private static async Task<bool> IsDoneAsync(AccountManager accounts, User person, AuditAction action) =>
        action switch
        {
            AuditAction.PersonSuspended => person.SuspendedAt is not null,
            AuditAction.PersonReinstated => person.SuspendedAt is null,
            _ => Change(action) is var (role, granted) && await accounts.IsInRoleAsync(person, role) == granted,
        };

    private async Task<bool> DoAsync(
        MarketplaceDbContext db,
        AccountManager accounts,
        long administratorId,
        User person,
        AuditAction action
    )
    {
        if (!(await DoAsync(accounts, person, action)).Succeeded)
            return false;
        await record.AddAsync(db, administratorId, new(action, PersonId: person.Id));
        var notice = new Notice
        {
            PersonId = person.Id,
            Kind = Kind(action),
            At = clock.GetUtcNow().UtcDateTime,
        };
        await notifier.AddAsync(db, [notice]);
        return true;
    }

    private Task<IdentityResult> DoAsync(AccountManager accounts, User person, AuditAction action) =>
        action switch
        {
            AuditAction.PersonSuspended => accounts.SetSuspendedAsync(person, clock.GetUtcNow().UtcDateTime),
            AuditAction.PersonReinstated => accounts.SetSuspendedAsync(person, null),
            _ => Change(action) is var (role, granted)
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

    private static (string Role, bool Granted)? Change(AuditAction action) =>
        action switch
        {
            AuditAction.AdministratorGranted => (Roles.Administrator, true),
            AuditAction.AdministratorRevoked => (Roles.Administrator, false),
            AuditAction.AuditorGranted => (Roles.Auditor, true),
            AuditAction.AuditorRevoked => (Roles.Auditor, false),
            _ => null,
        };
}
