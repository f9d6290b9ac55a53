using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Marketplace.Web.Admin;

public sealed class PeopleActions(
    PeopleService people,
    CurrentUser currentUser,
    NavigationManager navigation,
    IDialogService dialogs,
    ISnackbar snackbar,
    IStringLocalizer<AdminTexts> texts
)
{
    internal static AuditAction[] Offered(PersonView person) =>
        [
            person.IsAdministrator ? AuditAction.AdministratorRevoked : AuditAction.AdministratorGranted,
            person.IsAuditor ? AuditAction.AuditorRevoked : AuditAction.AuditorGranted,
            person.SuspendedAt is null ? AuditAction.PersonSuspended : AuditAction.PersonReinstated,
        ];

    internal static string IconOf(AuditAction action) =>
        action switch
        {
            AuditAction.AdministratorGranted or AuditAction.AdministratorRevoked => "shield",
            AuditAction.AuditorGranted or AuditAction.AuditorRevoked => "eye",
            _ => "lock",
        };

    /// <param name="changed">Called after the action, and again after its undo.</param>
    public async Task AskAsync(PersonView person, AuditAction action, Func<Task> changed)
    {
        // Before the question: the answer would be lost on the way to the proof.
        if (PeopleService.NeedsProof(action) && !await currentUser.IsProvedAsync())
            Prove();
        else if (await IsSureAsync(person, action))
            await DoAsync(person, action, changed, Opposite(action));
    }

    private Task<bool> IsSureAsync(PersonView person, AuditAction action) =>
        dialogs.AskAsync(
            texts[$"Ask.{action}", person.DisplayName],
            texts[$"Ask.{action}.Why"],
            texts[$"Ask.{action}.Yes"],
            dangerous: action
                is AuditAction.PersonSuspended
                    or AuditAction.AdministratorRevoked
                    or AuditAction.AuditorRevoked,
            Avatar.Of(person.DisplayName)
        );

    private async Task DoAsync(PersonView person, AuditAction action, Func<Task> changed, AuditAction? undo)
    {
        var refusal = await people.ActAsync(person.Id, action);
        if (refusal is { Kind: RefusalKind.Unproved })
        {
            Prove();
            return;
        }
        snackbar.Say(
            refusal?.Text ?? texts[$"Done.{action}", person.DisplayName],
            texts["Undo"],
            refusal is null && undo is { } opposite ? () => DoAsync(person, opposite, changed, undo: null) : null
        );
        await changed();
    }

    // The proof is a static page, which leads back to this place of the list.
    private void Prove() =>
        navigation.NavigateTo(
            LocalUrl.Carry("/account/manage/proof", "/" + navigation.ToBaseRelativePath(navigation.Uri)),
            forceLoad: true
        );

    // Role changes have no undo: a mistaken click must not grant the role.
    private static AuditAction? Opposite(AuditAction action) =>
        action switch
        {
            AuditAction.PersonSuspended => AuditAction.PersonReinstated,
            AuditAction.PersonReinstated => AuditAction.PersonSuspended,
            _ => null,
        };
}
