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
        {
            snackbar.Refuse(texts["Case.NotFound"]);
            return;
        }
        var made = 0L;
        if (await CaseDialog.AskAsync(dialogs, about, act, DoAsync))
            await SaidAsync(made, texts[$"Case.{act}.Done", about.PersonName], changed);

        async Task<Refusal?> DoAsync(Verdict verdict)
        {
            var acted = await cases.ActAsync(target, verdict, about.Excerpt);
            made = acted.Value;
            return acted.Refusal;
        }
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

    private async Task SaidAsync(long id, string done, Func<Task> changed)
    {
        snackbar.Say(done, texts["Undo"], () => SayBackAsync(cases.UndoAsync(id), changed));
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
            await SayBackAsync(cases.TakeBackAsync(id, words), changed);
    }

    private async Task SayBackAsync(Task<Refusal?> takingBack, Func<Task> changed)
    {
        var refusal = await takingBack;
        snackbar.Say(refusal?.Text ?? texts["Case.Undone"]);
        await changed();
    }
}
