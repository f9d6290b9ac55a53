using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;

namespace Marketplace.Web.Api;

/// <summary>Closes the connections of a node that drains, one after the other, so that clients connect again.</summary>
internal sealed class LeavingHubFilter(Drain drain, TimeProvider clock) : IHubFilter
{
    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        await next(context);
        var connection = context.Context;
        var stay = drain.Enter(left => _ = CloseAsync(connection, left));
        // Until its socket is closed: a host that stops between OnDisconnected and the last message cuts it off.
        if (connection.GetHttpContext() is { WebSockets.IsWebSocketRequest: true } http)
            http.Response.RegisterForDispose(stay);
        else
            connection.Items[typeof(Drain)] = stay;
    }

    public Task OnDisconnectedAsync(
        HubLifetimeContext context,
        Exception? exception,
        Func<HubLifetimeContext, Exception?, Task> next
    )
    {
        (context.Context.Items[typeof(Drain)] as IDisposable)?.Dispose();
        return next(context, exception);
    }

    private async Task CloseAsync(HubCallerContext connection, TimeSpan left)
    {
        await Task.Delay(left * Random.Shared.NextDouble() * 0.8, clock, connection.ConnectionAborted)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Context.Abort would tell clients not to come back.
        if (!connection.ConnectionAborted.IsCancellationRequested)
            connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
    }
}
