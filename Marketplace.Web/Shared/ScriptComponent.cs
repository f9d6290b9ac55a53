using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Marketplace.Web.Shared;

/// <summary>The script exports <c>attach(…)</c>, which returns an object with <c>detach()</c>.</summary>
public abstract class ScriptComponent : ComponentBase, IAsyncDisposable
{
    private IJSObjectReference? module;
    private IJSObjectReference? attached;
    private DotNetObjectReference<ScriptComponent>? self;
    private bool disposed;

    [Inject]
    private IJSRuntime Browser { get; set; } = default!;

    /// <summary>The script's address, such as <c>./Chat/MessageComposer.razor.js</c>.</summary>
    protected abstract string Script { get; }

    protected abstract object?[] Arguments { get; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        try
        {
            module = await Browser.InvokeAsync<IJSObjectReference>("import", Script);
            self = DotNetObjectReference.Create(this);
            attached = await module.InvokeAsync<IJSObjectReference>("attach", [self, .. Arguments]);
            if (disposed)
                await DetachAsync();
        }
        catch (Exception exception) when (IsOver(exception))
        {
            // The page went away meanwhile.
        }
    }

    public async ValueTask DisposeAsync()
    {
        disposed = true;
        Close();
        await DetachAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual void Close() { }

    private async Task DetachAsync()
    {
        try
        {
            if (attached is not null)
            {
                await attached.InvokeVoidAsync("detach");
                await attached.DisposeAsync();
            }
            if (module is not null)
                await module.DisposeAsync();
        }
        catch (Exception exception) when (IsOver(exception))
        {
            // Nothing is left to detach from.
        }
        self?.Dispose();
    }

    /// <summary>Whether a script failed because its page is gone.</summary>
    internal static bool IsOver(Exception exception) =>
        exception is JSDisconnectedException or OperationCanceledException or ObjectDisposedException;
}
