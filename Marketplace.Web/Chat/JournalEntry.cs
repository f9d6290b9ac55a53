using Marketplace.Web.Data.Journal;

namespace Marketplace.Web.Chat;

/// <summary>Something for the journal to write, by a person who is signed in; whether they may, the journal sees.</summary>
public abstract record JournalEntry(long RoomId, long PersonId)
{
    /// <summary>Tells whoever waits that it could not be written.</summary>
    internal abstract void Fail(Exception reason);
}

/// <summary>A message on its way into the journal; its text has been checked.</summary>
public sealed record Draft(long RoomId, long PersonId, string SenderName, Guid ClientId, string Body)
    : JournalEntry(RoomId, PersonId)
{
    private readonly TaskCompletionSource<SentView?> stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes after the commit, with null if the sender has no seat in such a room.</summary>
    public Task<SentView?> Stored => stored.Task;

    internal MessageKey Key => new(RoomId, PersonId, ClientId);

    internal void Complete(SentView? sent) => stored.TrySetResult(sent);

    internal override void Fail(Exception reason) => stored.TrySetException(reason);
}

/// <summary>That a person has seen a room up to a place. Marks that wait together cost one write.</summary>
public sealed record ReadMark(long RoomId, long PersonId, long Seq) : JournalEntry(RoomId, PersonId)
{
    private readonly TaskCompletionSource<bool> stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes after the commit; false if the person has no seat in such a room.</summary>
    public Task<bool> Stored => stored.Task;

    internal void Complete(bool hasSeat) => stored.TrySetResult(hasSeat);

    internal override void Fail(Exception reason) => stored.TrySetException(reason);
}
