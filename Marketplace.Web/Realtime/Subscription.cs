namespace Marketplace.Web.Realtime;

/// <summary>
/// What somebody listens to, until disposed: a bounded queue, drained by at most one thread at a time. Disposing twice, or
/// inside the callback, is safe.
/// </summary>
public sealed class Subscription : IDisposable, IThreadPoolWorkItem
{
    /// <summary>Some screens full of messages: who is further behind is better served by one read of the database.</summary>
    public const int Capacity = 256;

    private readonly Broadcaster broadcaster;
    private readonly IReadOnlyList<Topic> topics;
    private readonly Func<object, Task> receive;
    private readonly ILogger log;
    private readonly Queue<object> waiting = new();
    private readonly ExecutionContext? context = ExecutionContext.Capture();
    private readonly Lock following = new();
    private HashSet<Topic> followed = [];
    private bool draining;
    private bool closed;

    internal Subscription(Broadcaster broadcaster, IReadOnlyList<Topic> topics, Func<object, Task> receive, ILogger log)
    {
        (this.broadcaster, this.topics, this.receive, this.log) = (broadcaster, topics, receive, log);
        foreach (var topic in topics)
            broadcaster.Join(topic, this);
    }

    /// <summary>
    /// Listens also to these topics, in place of those of the last call; one that is in both is heard without a gap.
    /// </summary>
    public void Follow(IEnumerable<Topic> others)
    {
        var wanted = others.ToHashSet();
        wanted.ExceptWith(topics);
        lock (following)
        {
            if (closed)
                return;
            foreach (var topic in wanted.Where(topic => !followed.Contains(topic)))
                broadcaster.Join(topic, this);
            foreach (var topic in followed.Where(topic => !wanted.Contains(topic)))
                broadcaster.Leave(topic, this);
            followed = wanted;
        }
    }

    internal void Post(object told)
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
            waiting.Enqueue(told);
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
        lock (following)
            foreach (var topic in topics.Concat(followed))
                broadcaster.Leave(topic, this);
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (context is null)
            _ = DrainAsync();
        else
            ExecutionContext.Run(context, static self => _ = ((Subscription)self!).DrainAsync(), this);
    }

    private async Task DrainAsync()
    {
        while (Take() is { } told)
        {
            try
            {
                await receive(told);
            }
            catch (ObjectDisposedException)
            {
                // The page went away between the event and its delivery: nobody is left to tell.
            }
            catch (Exception exception)
            {
                log.LogError(exception, "A subscriber of {Topics} failed on {Event}", topics, told.GetType().Name);
            }
        }
    }

    private object? Take()
    {
        lock (waiting)
        {
            draining = waiting.TryDequeue(out var told);
            return told;
        }
    }
}
