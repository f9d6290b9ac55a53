using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Marketplace.Web.Shared;

public static class Questions
{
    /// <summary>Asks for confirmation in a dialog; false if it is closed in any other way.</summary>
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
