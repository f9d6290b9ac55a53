using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Identity;

namespace Marketplace.Web.Accounts.Pages;

/// <summary>A page with one form, and at most one sentence on how sending it went.</summary>
public abstract class FormComponent<TForm> : ComponentBase
    where TForm : class, new()
{
    [SupplyParameterFromForm]
    public TForm Form { get; set; } = default!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    protected string? Problem { get; set; }
    protected string? Done { get; set; }

    [CascadingParameter]
    public HttpContext Http { get; set; } = default!;

    // A form whose boxes are all unticked sends no field at all: it is not one that was not sent.
    protected override void OnInitialized() => Form ??= HttpMethods.IsPost(Http.Request.Method) ? new() : Empty();

    /// <summary>The form before anything was typed.</summary>
    protected virtual TForm Empty() => new();

    /// <summary>The field that a refusal of Identity's is about; null if it is about none of them.</summary>
    protected virtual string? FieldOf(IdentityError error) => null;

    /// <summary>Says why Identity refused: under the field that it is about, or above the form.</summary>
    protected void Refuse(EditContext form, IdentityResult result)
    {
        foreach (var about in result.Errors.ToLookup(FieldOf))
        {
            if (about.Key is { } field)
                Refuse(form, field, about.Sentence());
            else
                Problem = about.Sentence();
        }
    }

    /// <summary>Says under a field what is wrong with it.</summary>
    protected static void Refuse(EditContext form, string field, string sentence)
    {
        new ValidationMessageStore(form).Add(form.Field(field), sentence);
        form.NotifyValidationStateChanged();
    }
}
