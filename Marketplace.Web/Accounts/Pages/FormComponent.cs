using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Identity;

namespace Marketplace.Web.Accounts.Pages;

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

    // A posted form with only unticked boxes has no fields, and must not be mistaken for one that was not sent.
    protected override void OnInitialized() => Form ??= HttpMethods.IsPost(Http.Request.Method) ? new() : Empty();

    protected virtual TForm Empty() => new();

    /// <summary>Maps an Identity error to a field name; null shows the error above the form.</summary>
    protected virtual string? FieldOf(IdentityError error) => null;

    protected void Refuse(Refusal refusal)
    {
        Problem = refusal.Text;
        if (refusal.RetryAfter is not { } wait)
            return;
        Http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        Http.Response.SayWhen(wait);
    }

    protected void Refuse(EditContext form, string field, Refusal refusal)
    {
        if (refusal.RetryAfter is null)
            Refuse(form, field, refusal.Text);
        else
            Refuse(refusal);
    }

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

    protected static void Refuse(EditContext form, string field, string sentence)
    {
        new ValidationMessageStore(form).Add(form.Field(field), sentence);
        form.NotifyValidationStateChanged();
    }
}
