using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Marketplace.Web.Realtime;

/// <summary>
/// The meeting point of everything that happens in this process: who publishes returns at once, who subscribes gets
/// each event of its topics in order, one at a time, on a thread of the pool and in its own execution context (so in its
/// own culture). A subscriber that is slow or throws harms nobody else; one that falls more than
/// <see cref="Inbox.Capacity"/> events behind gets <see cref="Missed"/> in place of what waited.
/// Knows nothing of chat, people or listings.
/// </summary>
public sealed class Broadcaster(ILogger<Broadcaster> log)
{
    private readonly ConcurrentDictionary<Topic, ImmutableArray<Inbox>> inboxes = new();

    /// <summary>The topics that somebody listens to. Zero when the last one is gone; tests and health look at it.</summary>
    public int TopicCount => inboxes.Count;

    /// <summary>Listens until disposed. Disposing twice, or inside <paramref name="receive"/>, is safe.</summary>
    /// <param name="topics">What to listen to; an event published to two of them arrives twice.</param>
    /// <param name="receive">Called for each event, never concurrently for one subscription.</param>
    public IDisposable Subscribe(IReadOnlyList<Topic> topics, Func<object, Task> receive)
    {
        var inbox = new Inbox(receive, Leave, topics, log);
        foreach (var topic in topics)
            inboxes.AddOrUpdate(topic, _ => [inbox], (_, others) => others.Add(inbox));
        return inbox;
    }

    /// <summary>Puts the event into the inbox of each subscriber of the topic and returns; waits for nobody.</summary>
    public void Publish(Topic topic, object happening)
    {
        if (!inboxes.TryGetValue(topic, out var listeners))
            return;
        foreach (var inbox in listeners)
            inbox.Post(happening);
    }

    private void Leave(Inbox inbox)
    {
        foreach (var topic in inbox.Topics)
            Remove(topic, inbox);
    }

    private void Remove(Topic topic, Inbox inbox)
    {
        while (inboxes.TryGetValue(topic, out var listeners))
        {
            var others = listeners.Remove(inbox);
            var done = others.IsEmpty
                ? inboxes.TryRemove(KeyValuePair.Create(topic, listeners))
                : inboxes.TryUpdate(topic, others, listeners);
            if (done)
                return;
        }
    }
}
