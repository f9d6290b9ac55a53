namespace Marketplace.Web.Outbox;

/// <summary>Tells entries of one kind. What it does may be done twice after a kill: it must be safe to repeat.</summary>
public interface IOutboxWorker
{
    string Kind { get; }

    /// <summary>How many entries are told at the same time.</summary>
    int AtOnce { get; }

    /// <summary>Longer than telling one takes: after a kill, an entry waits for so long.</summary>
    TimeSpan Lease => OutboxDispatcher.Lease;

    /// <summary>Null when the entry is done with, otherwise how long to wait before it is due again.</summary>
    /// <param name="cancellation">When the process stops. Another takes the entry over.</param>
    Task<TimeSpan?> TellAsync(OutboxEntry entry, CancellationToken cancellation);
}
