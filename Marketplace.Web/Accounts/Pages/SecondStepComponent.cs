using Marketplace.Web.Shared;

namespace Marketplace.Web.Accounts.Pages;

/// <summary>The second step of signing in: a code, after the password was right.</summary>
public abstract class SecondStepComponent : EntryComponent<CodeForm>
{
    /// <summary>Who gave the right password a moment ago in this browser; else the page is left.</summary>
    protected User? Person { get; private set; }

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        Person = await SignIn.GetTwoFactorAuthenticationUserAsync();
        if (Person is null)
            Navigation.NavigateTo(LocalUrl.Carry("/account/login", ReturnUrl));
    }
}
