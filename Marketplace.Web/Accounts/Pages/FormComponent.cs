using Microsoft.AspNetCore.Components;

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
}
