using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace Marketplace.Web.Accounts.Pages;

public abstract class EntryComponent<TForm> : FormComponent<TForm>
    where TForm : class, new()
{
    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    [Inject]
    protected AccountSignIn SignIn { get; set; } = default!;

    [Inject]
    protected TimeProvider Clock { get; set; } = default!;

    protected bool IsSignedIn { get; private set; }

    [Inject]
    private CurrentUser CurrentUser { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        if (IsSignedIn = await CurrentUser.FindAsync() is not null)
            Enter();
    }

    protected void Enter() => Navigation.NavigateTo(LocalUrl.OrHome(ReturnUrl));
}
