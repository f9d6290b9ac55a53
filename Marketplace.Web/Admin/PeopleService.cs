using System.Globalization;
using Marketplace.Web.Accounts;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin;

public sealed class PeopleService(
    CurrentUser currentUser,
    IServiceScopeFactory scopes,
    AuditRecord record,
    TimeProvider clock,
    IStringLocalizer<AdminTexts> texts
)
{
    private const int MaxAttempts = 5;

    /// <summary>Whether the action needs a fresh proof: who steals an open page must not make more administrators.</summary>
    public static bool NeedsProof(AuditAction action) => Change(action) is { Granted: true };

    /// <summary>Records, then acts. Null on success or if there is nothing to do, otherwise the refusal.</summary>
    public async Task<Refusal?> ActAsync(long personId, AuditAction action)
    {
        if (await currentUser.FindAdministratorAsync() is not { } administrator)
            return new Refusal(RefusalKind.NotFound, texts["People.NotFound"]);
        if (personId == administrator.Id)
            return new Refusal(RefusalKind.Forbidden, texts["People.Self"]);
        if (NeedsProof(action) && !await currentUser.IsProvedAsync())
            return new Refusal(RefusalKind.Unproved, texts["People.Unproved"]);
        if (await IsDoneAsync(personId, action) is not { } isDone)
            return new Refusal(RefusalKind.NotFound, texts["People.NotFound"]);
        if (isDone)
            return null;
        await record.WriteAsync(administrator.Id, action, personId: personId);
        return await DoAsync(personId, action);
    }

    // Null if there is no such person, or no longer. An action without effect is not recorded.
    private async Task<bool?> IsDoneAsync(long personId, AuditAction action)
    {
        await using var scope = scopes.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
        if (
            await accounts.FindByIdAsync(personId.ToString(CultureInfo.InvariantCulture))
            is not { ClosedAt: null } person
        )
            return null;
        return action switch
        {
            AuditAction.PersonSuspended => person.SuspendedAt is not null,
            AuditAction.PersonReinstated => person.SuspendedAt is null,
            _ => Change(action) is var (role, granted) && await accounts.IsInRoleAsync(person, role) == granted,
        };
    }

    private async Task<Refusal?> DoAsync(long personId, AuditAction action)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            // A fresh scope per attempt: a concurrent change (a failed sign-in is enough) fails the update.
            await using var scope = scopes.CreateAsyncScope();
            var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
            if (await accounts.FindByIdAsync(personId.ToString(CultureInfo.InvariantCulture)) is not { } person)
                return new Refusal(RefusalKind.NotFound, texts["People.NotFound"]);
            if ((await DoAsync(accounts, person, action)).Succeeded)
                return null;
        }
        return new Refusal(RefusalKind.Busy, texts["People.Busy"]);
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
