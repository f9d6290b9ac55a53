using MudBlazor;

namespace Marketplace.Web.Shared;

/// <summary>
/// A button that is pressed twice asks once: while one dialog is open no other one opens, and who asked for it goes on as
/// if it had been cancelled.
/// </summary>
public sealed class OneDialog : DialogService, IDialogService
{
    private IDialogReference? last;

    // The library calls it before its first await.
    public override IDialogReference CreateReference() => last = base.CreateReference();

    Task<IDialogReference> IDialogService.ShowAsync<TDialog>(string? title, DialogParameters parameters) =>
        IsOpen ? Task.FromResult(Refused()) : ShowAsync<TDialog>(title, parameters);

    Task<IDialogReference> IDialogService.ShowAsync<TDialog>(
        string? title,
        DialogParameters parameters,
        DialogOptions? options
    ) => IsOpen ? Task.FromResult(Refused()) : ShowAsync<TDialog>(title, parameters, options);

    private bool IsOpen => last is { Result.IsCompleted: false };

    private IDialogReference Refused()
    {
        var refused = base.CreateReference();
        refused.Dismiss(DialogResult.Cancel());
        return refused;
    }
}
