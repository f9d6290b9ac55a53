using Marketplace.Web.Accounts;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>
/// A person is here while the connection of a live page is up: a page that is kept for a phone in a tunnel is nobody.
/// </summary>
internal sealed class PresenceCircuitHandler(CurrentUser currentUser, Presence presence) : CircuitHandler
{
    private IDisposable? session;

    public override async Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        session?.Dispose();
        session = await currentUser.FindAsync() is { } me ? presence.Enter(me.Id) : null;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        session?.Dispose();
        return Task.CompletedTask;
    }
}
