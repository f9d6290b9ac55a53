using Marketplace.Web.Accounts;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Marketplace.Web.Admin;

public sealed class PeopleActions(
    PeopleService people,
    IDialogService dialogs,
    ISnackbar snackbar,
    IStringLocalizer<AdminTexts> texts
)
{
    /// <param name="changed">Called after the action, and again after its undo.</param>
    public async Task AskAsync(PersonView person, AuditAction action, Func<Task> changed)
    {
        var sure = await dialogs.AskAsync(
            texts[$"Ask.{action}", person.DisplayName],
            texts[$"Ask.{action}.Why"],
            texts[$"Ask.{action}.Yes"],
            dangerous: action is AuditAction.PersonSuspended or AuditAction.AdministratorRevoked,
            Avatar.Of(person.DisplayName)
        );
        if (sure)
            await DoAsync(person, action, changed, Opposite(action));
    }

    private async Task DoAsync(PersonView person, AuditAction action, Func<Task> changed, AuditAction? undo)
    {
        var refusal = await people.ActAsync(person.Id, action);
        snackbar.Say(
            refusal?.Text ?? texts[$"Done.{action}", person.DisplayName],
            texts["Undo"],
            refusal is null && undo is { } opposite ? () => DoAsync(person, opposite, changed, undo: null) : null
        );
        await changed();
    }

    // Role changes have no undo: a mistaken click must not grant the role.
    private static AuditAction? Opposite(AuditAction action) =>
        action switch
        {
            AuditAction.PersonSuspended => AuditAction.PersonReinstated,
            AuditAction.PersonReinstated => AuditAction.PersonSuspended,
            _ => null,
        };
}
