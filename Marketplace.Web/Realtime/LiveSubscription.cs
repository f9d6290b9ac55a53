namespace Marketplace.Web.Realtime;

/// <summary>
/// What a screen listens to while it loads and after: an event that comes before <see cref="Loaded"/> waits for it, and none is
/// received after the screen went away, whatever was under way.
/// </summary>
public sealed class LiveSubscription : IDisposable
{
    private readonly TaskCompletionSource loaded = new();
    private Subscription? listening;

    public bool IsDisposed { get; private set; }

    /// <summary>Takes the subscription over; one that comes too late is ended at once. Null: the screen is not live.</summary>
    public void Hold(Subscription? subscription)
    {
        listening = subscription;
        if (IsDisposed)
            listening?.Dispose();
    }

    /// <summary>Listens to these topics beside the first ones, in place of those followed before.</summary>
    public void Follow(IEnumerable<Topic> topics) => listening?.Follow(topics);

    /// <summary>What was told meanwhile comes now.</summary>
    public void Loaded() => loaded.TrySetResult();

    /// <summary>Receives an event in its turn. On the screen's dispatcher.</summary>
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
