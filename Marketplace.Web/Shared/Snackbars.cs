using MudBlazor;

namespace Marketplace.Web.Shared;

internal static class Snackbars
{
    /// <summary>Shows what was done. Replaces an older message, whose undo could be mistaken for this one.</summary>
    public static void Say(this ISnackbar snackbar, string text, string? undo = null, Func<Task>? onUndo = null)
    {
        snackbar.Clear();
        snackbar.Add(
            text,
            configure: options =>
            {
                options.HideIcon = true;
                if (onUndo is null)
                    return;
                options.Action = undo;
                options.OnClick = _ => onUndo();
            }
        );
    }

    public static void Refuse(this ISnackbar snackbar, string text)
    {
        snackbar.Clear();
        snackbar.Add(text, Severity.Error);
    }
}
