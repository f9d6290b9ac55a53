using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Identity;

namespace Marketplace.Web.Accounts.Pages;

public abstract class ManageComponent<TForm> : FormComponent<TForm>
    where TForm : class, new()
{
    [SupplyParameterFromQuery(Name = "saved")]
    public string? SavedMark { get; set; }

    [Inject]
    protected AccountManager Accounts { get; set; } = default!;

    [Inject]
    private AccountSignIn SignIn { get; set; } = default!;

    protected User Person { get; private set; } = default!;
    protected bool Saved => SavedMark is not null && HttpMethods.IsGet(Http.Request.Method);

    // Loads the person before the first render, so that pages never see null.
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        Person =
            await Accounts.GetUserAsync(Http.User)
            ?? throw new InvalidOperationException("The account of a signed-in person is gone.");
        await base.SetParametersAsync(ParameterView.Empty);
    }

    protected Task RenewAsync(bool isProved = false) => SignIn.RenewAsync(Http, Person, isProved);

    /// <param name="form">The form that shows field errors; null shows all errors above it.</param>
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
