using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Marketplace.Web.Accounts.Pages;

public abstract class SecondStepComponent : EntryComponent<CodeForm>
{
    /// <summary>The person who has just entered the password in this browser; null redirects to sign-in.</summary>
    private User? person;

    [SupplyParameterFromQuery]
    public string? Remember { get; set; }

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        // Another redirect would take the place of the first.
        if (IsSignedIn)
            return;
        // Null also for who has been suspended since the password was entered.
        person = await SignIn.GetTwoFactorAuthenticationUserAsync() is { SuspendedAt: null } found ? found : null;
        if (person is null)
            Navigation.NavigateTo(LocalUrl.Carry("/account/login", ReturnUrl));
    }

    // A redirect does not keep the form from being posted, nor its handler from running.
    protected async Task EnterAsync(EditContext form, Func<User, Task<Outcome<User>>> checkAsync)
    {
        if (person is null)
            return;
        if ((await checkAsync(person)).Refusal is { } refusal)
        {
            Refuse(form, nameof(Form.Code), refusal);
            return;
        }
        await SignIn.EnterAfterSecondStepAsync(person, Remember == bool.TrueString);
        Enter();
    }
}
