namespace Marketplace.Web.Chat;

/// <summary>A message on its way into the journal; its sender has been authorised and its text checked.</summary>
public sealed record Draft(
    long RoomId,
    long SenderId,
    string SenderName,
    Guid ClientId,
    string Body,
    ListingSnapshot? Seen
)
{
    private readonly TaskCompletionSource<SentView> stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes after the commit; fails if this message could not be written.</summary>
    public Task<SentView> Stored => stored.Task;

    public void Complete(SentView sent) => stored.TrySetResult(sent);

    public void Fail(Exception reason) => stored.TrySetException(reason);
}
