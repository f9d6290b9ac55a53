using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Accounts.Pages;

public abstract class LabelledInput : InputText
{
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public string? Hint { get; set; }

    /// <summary>On the pages of entry the first empty field has the focus: there is nothing else to do there.</summary>
    [CascadingParameter(Name = EntryFocus)]
    public bool TakesFocus { get; set; }

    public const string EntryFocus = "EntryFocus";

    [Inject]
    private IStringLocalizer<AccountTexts> Texts { get; set; } = default!;

    /// <summary>Of several, the browser takes the first.</summary>
    protected virtual bool IsFocused => Problem is not null || (TakesFocus && string.IsNullOrEmpty(CurrentValue));

    protected string Id => NameAttributeValue.Replace('.', '-');

    protected string NotesId => $"{Id}-notes";

    protected string? DescribedBy => Hint is null && Problem is null ? null : NotesId;

    /// <summary>The first validation error. Form errors are resource keys, Identity's are sentences.</summary>
    protected string? Problem =>
        EditContext.GetValidationMessages(FieldIdentifier).FirstOrDefault() is { } found ? Texts[found].Value : null;
}
