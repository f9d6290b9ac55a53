using Marketplace.Web.Accounts;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin;

/// <summary>What an administrator does to an account. For one request: Identity keeps a context of its own in it.</summary>
public sealed class PeopleService(
    CurrentUser currentUser,
    AccountManager accounts,
    AuditRecord record,
    TimeProvider clock,
    IStringLocalizer<AdminTexts> texts
)
{
    /// <summary>Does one of the four deeds on a person; recorded before it is done.</summary>
    /// <returns>Null when done, otherwise why not.</returns>
    public async Task<Refusal?> ActAsync(long personId, AuditAction action)
    {
        if (await currentUser.FindAdministratorAsync() is not { } administrator)
            return new Refusal(RefusalKind.NotFound, texts["People.NotFound"]);
        if (personId == administrator.Id)
            return new Refusal(RefusalKind.Forbidden, texts["People.Self"]);
        if (await accounts.FindByIdAsync($"{personId}") is not { } person)
            return new Refusal(RefusalKind.NotFound, texts["People.NotFound"]);
        await record.WriteAsync(administrator.Id, action, personId: personId);
        await DoAsync(person, action);
        return null;
    }

    private Task DoAsync(User person, AuditAction action) =>
        action switch
        {
            AuditAction.AdministratorGranted => accounts.SetAdministratorAsync(person, administrator: true),
            AuditAction.AdministratorRevoked => accounts.SetAdministratorAsync(person, administrator: false),
            AuditAction.PersonSuspended => accounts.SetSuspendedAsync(person, clock.GetUtcNow().UtcDateTime),
            AuditAction.PersonReinstated => accounts.SetSuspendedAsync(person, null),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, "Not a deed on a person."),
        };
}
