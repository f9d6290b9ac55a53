namespace Marketplace.Web.Outbox;

/// <summary>Wakes the dispatcher of this process. Without it, an entry is found at the next look.</summary>
public sealed class OutboxSignal
{
    private TaskCompletionSource woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Call it after the commit.</summary>
    public void Wake() =>
        Interlocked.Exchange(ref woken, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Completes at the next <see cref="Wake"/>. Taken before looking, it misses none.</summary>
    internal Task Next => Volatile.Read(ref woken).Task;
}
