using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Marketplace.Web.Shared;

/// <summary>Asks before an action, in a dialog.</summary>
public static class Questions
{
    /// <summary>True once the person has confirmed; false if they closed the dialog in any other way.</summary>
    /// <param name="question">Names whom or what it concerns.</param>
    /// <param name="explanation">What follows from it.</param>
    /// <param name="yes">The action, as its button names it.</param>
    /// <param name="dangerous">Whether it can't be undone.</param>
    public static async Task<bool> AskAsync(
        this IDialogService dialogs,
        string question,
        string? explanation,
        string yes,
        bool dangerous = false,
        MarkupString? picture = null
    )
    {
        var dialog = await dialogs.ShowAsync<ConfirmDialog>(
            question,
            new DialogParameters<ConfirmDialog>
            {
                { d => d.Question, question },
                { d => d.Explanation, explanation },
                { d => d.Yes, yes },
                { d => d.Dangerous, dangerous },
                { d => d.Picture, picture },
            }
        );
        return await dialog.Result is { Canceled: false };
    }
}
