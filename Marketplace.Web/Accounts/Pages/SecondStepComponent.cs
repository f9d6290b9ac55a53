using Marketplace.Web.Shared;

namespace Marketplace.Web.Accounts.Pages;

public abstract class SecondStepComponent : EntryComponent<CodeForm>
{
    /// <summary>The person who has just entered the password in this browser; null redirects to sign-in.</summary>
    protected User? Person { get; private set; }

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        Person = await SignIn.GetTwoFactorAuthenticationUserAsync();
        // Suspended since the password was entered.
        if (Person is null or { SuspendedAt: not null })
            Navigation.NavigateTo(LocalUrl.Carry("/account/login", ReturnUrl));
    }
}
