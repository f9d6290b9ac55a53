namespace Marketplace.Web.Realtime;

/// <summary>One subscription: a bounded queue, drained by at most one thread at a time.</summary>
internal sealed class Inbox(Func<object, Task> receive, Action<Inbox> leave, IReadOnlyList<Topic> topics, ILogger log)
    : IDisposable,
        IThreadPoolWorkItem
{
    /// <summary>Some screens full of messages: who is further behind is better served by one read of the database.</summary>
    public const int Capacity = 256;

    private readonly Queue<object> waiting = new();
    private readonly ExecutionContext? context = ExecutionContext.Capture();
    private bool draining;
    private bool closed;

    public IReadOnlyList<Topic> Topics => topics;

    public void Post(object happening)
    {
        lock (waiting)
        {
            if (closed)
                return;
            if (waiting.Count == Capacity)
            {
                waiting.Clear();
                waiting.Enqueue(Missed.Events);
            }
            waiting.Enqueue(happening);
            if (draining)
                return;
            draining = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Dispose()
    {
        lock (waiting)
        {
            if (closed)
                return;
            closed = true;
            waiting.Clear();
        }
        leave(this);
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (context is null)
            _ = DrainAsync();
        else
            ExecutionContext.Run(context, static inbox => _ = ((Inbox)inbox!).DrainAsync(), this);
    }

    private async Task DrainAsync()
    {
        while (Take() is { } happening)
        {
            try
            {
                await receive(happening);
            }
            catch (ObjectDisposedException)
            {
                // The page went away between the event and its delivery: nobody is left to tell.
            }
            catch (Exception exception)
            {
                log.LogError(exception, "A subscriber of {Topics} failed on {Event}", topics, happening.GetType().Name);
            }
        }
    }

    private object? Take()
    {
        lock (waiting)
        {
            draining = waiting.TryDequeue(out var happening);
            return happening;
        }
    }
}
