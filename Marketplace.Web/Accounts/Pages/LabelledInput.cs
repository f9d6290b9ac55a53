using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Accounts.Pages;

/// <summary>
/// A field of an account form: its label above, what helps and what is wrong with it below, all tied to it for who does
/// not see them.
/// </summary>
public abstract class LabelledInput : InputText
{
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>What helps to fill it in.</summary>
    [Parameter]
    public string? Hint { get; set; }

    [Inject]
    private IStringLocalizer<AccountTexts> Texts { get; set; } = default!;

    protected string Id => NameAttributeValue.Replace('.', '-');

    protected string NotesId => $"{Id}-notes";

    protected string? DescribedBy => Hint is null && Problem is null ? null : NotesId;

    /// <summary>The first thing to mend. The form's own messages are resource keys, Identity's are sentences.</summary>
    protected string? Problem =>
        EditContext.GetValidationMessages(FieldIdentifier).FirstOrDefault() is { } found ? Texts[found].Value : null;
}
