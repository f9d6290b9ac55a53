using System.Diagnostics;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Realtime;

/// <summary>A queue of events, drained by one thread at a time. Disposing inside the callback is safe.</summary>
public sealed class Subscription : IDisposable, IThreadPoolWorkItem
{
    /// <summary>Beyond a few screens of messages, one read of the database is cheaper.</summary>
    public const int Capacity = 256;

    private readonly Broadcaster broadcaster;
    private readonly IReadOnlyList<Topic> topics;
    private readonly Func<object, Task> receive;
    private readonly ILogger log;
    private readonly Queue<(object Told, ActivityContext Trace)> waiting = new();
    private readonly ExecutionContext? context = ExecutionContext.Capture();
    private readonly Lock following = new();
    private HashSet<Topic> followed = [];
    private bool draining;
    private bool closed;

    internal Subscription(
        Broadcaster broadcaster,
        IReadOnlyList<Topic> topics,
        Func<object, Task> receive,
        Shown? shows,
        ILogger log
    )
    {
        Shows = shows;
        (this.broadcaster, this.topics, this.receive, this.log) = (broadcaster, topics, receive, log);
        foreach (var topic in topics)
            broadcaster.Join(topic, this);
    }

    /// <summary>What a listener shows, if that can be compared with the database.</summary>
    public Shown? Shows { get; }

    /// <summary>Replaces the topics of the last call; a topic that is in both is received without a gap.</summary>
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
                waiting.Enqueue((Missed.Events, default));
            }
            waiting.Enqueue((told, SiteTraces.Here));
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
        while (Take() is var (told, trace))
        {
            try
            {
                using var shown = SiteTraces.Follow("message shown", trace);
                await receive(told);
            }
            catch (ObjectDisposedException)
            {
                // The page went away between the event and its delivery.
            }
            catch (Exception exception)
            {
                log.LogError(exception, "A subscriber of {Topics} failed on {Event}", topics, told.GetType().Name);
            }
        }
    }

    private (object Told, ActivityContext Trace)? Take()
    {
        lock (waiting)
        {
            draining = waiting.TryDequeue(out var told);
            return draining ? told : null;
        }
    }
}
