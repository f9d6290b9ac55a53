using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Parts;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Marketplace.Web.Admin;

public sealed class PeopleActions(
    PeopleService people,
    CaseActions cases,
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
            AuditAction.PersonWarned,
        ];

    internal static string IconOf(AuditAction action) =>
        action switch
        {
            AuditAction.AdministratorGranted or AuditAction.AdministratorRevoked => "shield",
            AuditAction.AuditorGranted or AuditAction.AuditorRevoked => "eye",
            AuditAction.PersonWarned => "flag",
            AuditAction.PersonReinstated => "unlock",
            _ => "lock",
        };

    /// <param name="changed">Called after the action, and after its undo.</param>
    public async Task AskAsync(PersonView person, AuditAction action, Func<Task> changed)
    {
        if (action is AuditAction.PersonSuspended or AuditAction.PersonWarned)
        {
            await cases.AskAsync(
                new(ReportKind.Person, PersonId: person.Id),
                action is AuditAction.PersonWarned ? ReportOutcome.Warning : ReportOutcome.Suspension,
                changed
            );
            return;
        }
        // Before the question: the answer would be lost on the way to the proof.
        if (PeopleService.NeedsProof(action) && !await currentUser.IsProvedAsync())
            Prove();
        else if (await WhyAsync(person, action) is { } words)
            await DoAsync(person, action, words, changed);
    }

    private Task<string?> WhyAsync(PersonView person, AuditAction action) =>
        ActDialog.AskAsync(
            dialogs,
            texts[$"Ask.{action}", person.DisplayName],
            texts[$"Ask.{action}.Why"],
            texts[$"Ask.{action}.Yes"],
            hint: texts["Look.Hint"]
        );

    private async Task DoAsync(PersonView person, AuditAction action, string words, Func<Task> changed)
    {
        var refusal = await people.ActAsync(person.Id, action, words);
        if (refusal is { Kind: RefusalKind.Unproved })
        {
            Prove();
            return;
        }
        // Without an undo: a mistaken click must not grant a role or suspend.
        snackbar.Say(refusal?.Text ?? texts[$"Done.{action}", person.DisplayName]);
        await changed();
    }

    // The proof is a static page, which leads back to this place of the list.
    private void Prove() =>
        navigation.NavigateTo(
            LocalUrl.Carry("/account/manage/proof", "/" + navigation.ToBaseRelativePath(navigation.Uri)),
            forceLoad: true
        );
}
