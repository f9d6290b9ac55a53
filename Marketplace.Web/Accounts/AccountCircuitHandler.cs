using System.Security.Claims;
using Marketplace.Web.Realtime;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Marketplace.Web.Accounts;

/// <summary>
/// Tells a circuit who it belongs to when it opens, and again as soon as the account changes: the router then shows
/// only what the person may still see.
/// </summary>
internal sealed class AccountCircuitHandler(
    AuthenticationStateProvider authentication,
    CurrentUser currentUser,
    AccountStates states,
    IClaimsTransformation claims,
    Broadcaster broadcaster
) : CircuitHandler
{
    private ClaimsPrincipal principal = new(new ClaimsIdentity());
    private IDisposable? listening;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        principal = (await authentication.GetAuthenticationStateAsync()).User;
        currentUser.ActAs(principal);
        if (await states.FindAsync(principal) is { } account)
            listening = broadcaster.Subscribe([AccountTopics.Account(account.Id)], _ => RefreshAsync());
        // What changed between the page's request and this line would otherwise go unnoticed.
        await RefreshAsync();
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        listening?.Dispose();
        return Task.CompletedTask;
    }

    private async Task RefreshAsync()
    {
        var current = await claims.TransformAsync(principal);
        ((IHostEnvironmentAuthenticationStateProvider)authentication).SetAuthenticationState(
            Task.FromResult(new AuthenticationState(current))
        );
    }
}
