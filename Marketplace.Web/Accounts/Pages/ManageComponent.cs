using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Identity;

namespace Marketplace.Web.Accounts.Pages;

/// <summary>A page on which a person changes their own account.</summary>
public abstract class ManageComponent<TForm> : FormComponent<TForm>
    where TForm : class, new()
{
    /// <summary>Present in the address after a change was stored.</summary>
    [SupplyParameterFromQuery(Name = "saved")]
    public string? SavedMark { get; set; }

    [Inject]
    protected AccountManager Accounts { get; set; } = default!;

    [Inject]
    private AccountSignIn SignIn { get; set; } = default!;

    protected User Person { get; private set; } = default!;
    protected bool Saved => SavedMark is not null && HttpMethods.IsGet(Http.Request.Method);

    // Before the first rendering, so that no page has to think of a person who is not there yet.
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        Person =
            await Accounts.GetUserAsync(Http.User)
            ?? throw new InvalidOperationException("The account of a signed-in person is gone.");
        await base.SetParametersAsync(ParameterView.Empty);
    }

    protected Task RenewAsync() => SignIn.RenewAsync(Http, Person);

    /// <summary>Says why a change was refused, or comes back to <paramref name="address"/> with it stored.</summary>
    /// <param name="form">The form whose fields the refusal may be about.</param>
    protected async Task FinishAsync(IdentityResult result, string address, EditContext? form = null)
    {
        if (result.Succeeded)
        {
            await RenewAsync();
            Navigation.NavigateTo(address);
        }
        else if (form is not null)
        {
            Refuse(form, result);
        }
        else
        {
            Problem = result.Sentence();
        }
    }
}
