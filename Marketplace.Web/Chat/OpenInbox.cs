using Marketplace.Web.Realtime;

namespace Marketplace.Web.Chat;

/// <summary>
/// A person's conversation list on one screen: listens, then loads, and puts each row that something happened to where it
/// now stands. Its numbers are always the database's: they come with the event, or are read again.
/// </summary>
public sealed class OpenInbox(InboxService inbox, Func<Func<Task>, Task>? run) : IDisposable
{
    private readonly TaskCompletionSource loaded = new();
    private IDisposable? listening;
    private bool disposed;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ConversationView> Rows { get; private set; } = [];

    /// <summary>Whether there are rows below the last one.</summary>
    public bool HasMore { get; private set; }

    public async Task LoadAsync()
    {
        if (run is not null)
            listening = await inbox.ListenAsync(happening =>
                happening is Typing ? Task.CompletedTask : run(() => ReceiveAsync(happening))
            );
        if (disposed)
            listening?.Dispose();
        await ReadAsync();
        loaded.TrySetResult();
    }

    /// <summary>Reads the page below the last row.</summary>
    public async Task LoadMoreAsync()
    {
        var more = await inbox.PageAsync(below: Rows[^1]);
        HasMore = more.Count == InboxService.Page;
        Rows = [.. Rows, .. more.ExceptBy(Rows.Select(row => row.RoomId), row => row.RoomId)];
    }

    /// <summary>Reads one row again and puts it where it now stands.</summary>
    public async Task RefreshAsync(long roomId)
    {
        if (await inbox.RowAsync(roomId) is not { Place: > 0 } fresh)
            return;
        // Below what has been read it would leave a hole; it comes when one scrolls there.
        if (HasMore && fresh.Place < Rows[^1].Place)
            return;
        Put(fresh);
    }

    public void Dispose()
    {
        disposed = true;
        listening?.Dispose();
        loaded.TrySetResult();
    }

    private async Task ReadAsync()
    {
        Rows = await inbox.PageAsync();
        HasMore = Rows.Count == InboxService.Page;
    }

    private async Task ReceiveAsync(object happening)
    {
        await loaded.Task;
        // Whoever may no longer read is told nothing more.
        if (disposed || await inbox.MeAsync() is not { } me)
            return;
        await (
            happening switch
            {
                MessagePosted posted => MoveAsync(posted),
                RoomRead read when read.UserId == me => RefreshAsync(read.RoomId),
                Missed => ReadAsync(),
                _ => Task.CompletedTask,
            }
        );
    }

    // The event carries all that changed; only a room that is not in the list has to be read.
    private Task MoveAsync(MessagePosted posted)
    {
        var message = posted.Message;
        if (
            posted.Standing is not { } standing
            || Rows.FirstOrDefault(row => row.RoomId == message.RoomId) is not { } row
        )
            return RefreshAsync(message.RoomId);
        if (message.Seq > row.LastSeq)
            Put(
                row with
                {
                    Place = standing.Place,
                    Unread = standing.Unread,
                    LastSeq = message.Seq,
                    LastSenderId = message.SenderId,
                    LastPreview = Room.Preview(message.Body),
                    LastAt = message.SentAt,
                }
            );
        return Task.CompletedTask;
    }

    private void Put(ConversationView fresh) =>
        Rows = [
            .. Rows.Where(row => row.RoomId != fresh.RoomId)
                .Append(fresh)
                .OrderByDescending(row => row.Place)
                .ThenByDescending(row => row.RoomId),
        ];
}
