using System.Security.Claims;
using Marketplace.Web.Accounts.Sessions;
using Marketplace.Web.Realtime;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Marketplace.Web.Accounts;

/// <summary>Keeps a circuit's user current; a connection of another session with its secret acts as nobody.</summary>
internal sealed class AccountCircuitHandler(
    AuthenticationStateProvider authentication,
    CurrentUser currentUser,
    AccountStates states,
    IClaimsTransformation claims,
    Broadcaster broadcaster
) : CircuitHandler
{
    private static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity());

    private ClaimsPrincipal principal = Nobody;
    private Task<AuthenticationState>? told;
    private IDisposable? listening;
    private bool isForeign;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        principal = (await authentication.GetAuthenticationStateAsync()).User;
        currentUser.ActAs(principal);
        authentication.AuthenticationStateChanged += OnConnectionChanged;
        if (await states.FindAsync(principal) is { } account)
            listening = broadcaster.Subscribe([AccountTopics.Account(account.Id)], _ => RefreshAsync());
        // The account may have changed between the page request and the subscription.
        await RefreshAsync();
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next
    ) =>
        async activity =>
        {
            if (isForeign)
                return;
            await currentUser.UseAsync();
            await next(activity);
        };

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        authentication.AuthenticationStateChanged -= OnConnectionChanged;
        listening?.Dispose();
        return Task.CompletedTask;
    }

    // The framework sets the user of each connection that takes over the circuit, before its first call.
    private void OnConnectionChanged(Task<AuthenticationState> state)
    {
        if (ReferenceEquals(state, told))
            return;
        isForeign = !state.IsCompletedSuccessfully || state.Result.User.Session() != principal.Session();
        currentUser.ActAs(isForeign ? Nobody : principal);
        if (!isForeign)
            _ = RefreshAsync();
    }

    private async Task RefreshAsync()
    {
        if (isForeign)
            return;
        var current = await claims.TransformAsync(principal);
        told = Task.FromResult(new AuthenticationState(current));
        ((IHostEnvironmentAuthenticationStateProvider)authentication).SetAuthenticationState(told);
    }
}
