using Marketplace.Web.Admin.Parts;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Marketplace.Web.Admin.Reports;

/// <summary>Asks for an act on a message or a person, does it, says so, and offers to take it back.</summary>
public sealed class CaseActions(
    CaseService cases,
    IDialogService dialogs,
    ISnackbar snackbar,
    IStringLocalizer<AdminTexts> texts
)
{
    /// <param name="changed">Called after the act, and again after its undo.</param>
    public async Task AskAsync(ReportTarget target, ReportOutcome act, Func<Task> changed)
    {
        if (await cases.AskAsync(target) is not { } about)
            snackbar.Refuse(texts["Case.NotFound"]);
        else if (await CaseDialog.AskAsync(dialogs, about, act) is { } verdict)
            await SaidAsync(
                await cases.ActAsync(target, verdict, about.Excerpt),
                texts[$"Case.{act}.Done", about.PersonName],
                changed
            );
    }

    /// <summary>Shows again what is hidden of a message.</summary>
    public async Task RestoreAsync(long roomId, long seq, Func<Task> changed)
    {
        if (await cases.HidingAsync(roomId, seq) is not { } id)
            snackbar.Refuse(texts["Case.NothingHidden"]);
        else
            await AskBackAsync(id, "Case.Restore", changed);
    }

    /// <summary>Brings back a listing that the administration removed.</summary>
    public async Task RestoreAsync(long listingId, Func<Task> changed)
    {
        if (await cases.RemovingAsync(listingId) is not { } id)
            snackbar.Refuse(texts["Case.NotRemoved"]);
        else
            await AskBackAsync(id, "Case.Republish", changed);
    }

    private async Task SaidAsync(Outcome<long> acted, string done, Func<Task> changed)
    {
        snackbar.Say(
            acted.Refusal?.Text ?? done,
            texts["Undo"],
            acted.Refusal is null ? () => TakeBackAsync(acted.Value, changed) : null
        );
        await changed();
    }

    private async Task AskBackAsync(long id, string key, Func<Task> changed)
    {
        var words = await ActDialog.AskAsync(
            dialogs,
            texts[$"{key}.Ask"],
            texts[$"{key}.Why"],
            texts[$"{key}.Yes"],
            texts["Case.Hint"]
        );
        if (words is not null)
            await TakeBackAsync(id, changed, words);
    }

    private async Task TakeBackAsync(long id, Func<Task> changed, string? words = null)
    {
        var refusal = await cases.TakeBackAsync(id, words);
        snackbar.Say(refusal?.Text ?? texts["Case.Undone"]);
        await changed();
    }
}
