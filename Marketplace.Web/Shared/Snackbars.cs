using MudBlazor;

namespace Marketplace.Web.Shared;

/// <summary>How an action is confirmed or refused, on every live page.</summary>
internal static class Snackbars
{
    /// <summary>
    /// Says what was done, in place of what was said before: an older offer to undo would undo something else than the
    /// reader believes.
    /// </summary>
    /// <param name="undo">The words of the button that takes it back; without <paramref name="onUndo"/> there is none.</param>
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

    /// <summary>Says why nothing was done, at once: behind an older sentence it would come too late to be understood.</summary>
    public static void Refuse(this ISnackbar snackbar, string text)
    {
        snackbar.Clear();
        snackbar.Add(text, Severity.Error);
    }
}
