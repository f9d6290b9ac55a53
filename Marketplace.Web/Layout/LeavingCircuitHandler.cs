using Marketplace.Web.Shared.Hosting;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.JSInterop;

namespace Marketplace.Web.Layout;

/// <summary>Tells a page that its node drains; its script (<c>ReconnectNotice.razor.js</c>) takes it to another.</summary>
internal sealed class LeavingCircuitHandler(Drain drain, IJSRuntime browser) : CircuitHandler
{
    private IDisposable? stay;

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        stay = drain.Enter(left => _ = TellAsync(left));
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        stay?.Dispose();
        return Task.CompletedTask;
    }

    private async Task TellAsync(TimeSpan left)
    {
        try
        {
            await browser.InvokeVoidAsync("Blazor.leave", left.TotalSeconds);
        }
        catch (Exception exception)
            when (exception is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // It has left already, or will find another node when this one is gone.
        }
    }
}
