namespace Marketplace.Web.Realtime;

/// <summary>A screen's subscription. Events wait for <see cref="Loaded"/>; none is received after disposal.</summary>
public sealed class LiveSubscription : IDisposable
{
    private readonly TaskCompletionSource loaded = new();
    private Subscription? listening;

    public bool IsDisposed { get; private set; }

    /// <summary>Takes ownership; disposes it at once if the screen is gone. Null means not live.</summary>
    public void Hold(Subscription? subscription)
    {
        listening = subscription;
        if (IsDisposed)
            listening?.Dispose();
    }

    /// <summary>Replaces the topics of the last call; those subscribed to first stay.</summary>
    public void Follow(IEnumerable<Topic> topics) => listening?.Follow(topics);

    public void Loaded() => loaded.TrySetResult();

    /// <summary>Receives one event after the load. Call it on the screen's dispatcher.</summary>
    public async Task ReceiveAsync(Func<Task> receive)
    {
        await loaded.Task;
        if (!IsDisposed)
            await receive();
    }

    public void Dispose()
    {
        IsDisposed = true;
        listening?.Dispose();
        loaded.TrySetResult();
    }
}
