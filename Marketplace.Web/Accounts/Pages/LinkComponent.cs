using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Marketplace.Web.Accounts.Pages;

/// <summary>A page that a link of a mail opens. One that is cut or too old is said to be so at once, without a form.</summary>
/// <remarks>The form is a button, because some mail programs fetch every link in advance.</remarks>
public abstract class LinkComponent : ComponentBase
{
    [SupplyParameterFromQuery]
    public string? Id { get; set; }

    [SupplyParameterFromQuery]
    public string? Code { get; set; }

    [CascadingParameter]
    public HttpContext Http { get; set; } = default!;

    [Inject]
    protected AccountManager Accounts { get; set; } = default!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    protected bool IsDead { get; set; }
    protected string? Problem { get; set; }

    protected abstract Task<bool> IsAliveAsync();

    // Asked again by what the form does: a sent form needs its form on the page.
    protected override async Task OnInitializedAsync() =>
        IsDead = HttpMethods.IsGet(Http.Request.Method) && !await IsAliveAsync();

    protected async Task<User?> FindPersonAsync() =>
        long.TryParse(Id, CultureInfo.InvariantCulture, out _) ? await Accounts.FindByIdAsync(Id) : null;
}
