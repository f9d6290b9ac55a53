using Marketplace.Web.Accounts;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>A circuit kept for reconnection does not count as present.</summary>
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
