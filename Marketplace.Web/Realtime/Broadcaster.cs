using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Marketplace.Web.Realtime;

/// <summary>
/// The meeting point of everything that happens in this process: who publishes returns at once, who subscribes gets
/// each event of its topics in order, one at a time, on a thread of the pool and in its own execution context (so in its
/// own culture). A subscriber that is slow or throws harms nobody else; one that falls more than
/// <see cref="Subscription.Capacity"/> events behind gets <see cref="Missed"/> in place of what waited.
/// Knows nothing of chat, people or listings.
/// </summary>
public sealed class Broadcaster(ILogger<Broadcaster> log)
{
    private readonly ConcurrentDictionary<Topic, ImmutableArray<Subscription>> subscriptions = new();

    /// <summary>The topics that somebody listens to. Zero when the last one is gone; tests and health look at it.</summary>
    public int TopicCount => subscriptions.Count;

    /// <summary>Listens until the subscription is disposed.</summary>
    /// <param name="topics">What to listen to; an event published to two of them arrives twice.</param>
    /// <param name="receive">Called for each event, never concurrently for one subscription.</param>
    public Subscription Subscribe(IReadOnlyList<Topic> topics, Func<object, Task> receive) =>
        new(this, topics, receive, log);

    /// <summary>Puts the event into the queue of each subscriber of the topic and returns; waits for nobody.</summary>
    public void Publish(Topic topic, object told)
    {
        if (!subscriptions.TryGetValue(topic, out var listeners))
            return;
        foreach (var subscription in listeners)
            subscription.Post(told);
    }

    internal void Join(Topic topic, Subscription subscription) =>
        subscriptions.AddOrUpdate(topic, _ => [subscription], (_, others) => others.Add(subscription));

    internal void Leave(Topic topic, Subscription subscription)
    {
        while (subscriptions.TryGetValue(topic, out var listeners))
        {
            var others = listeners.Remove(subscription);
            var done = others.IsEmpty
                ? subscriptions.TryRemove(KeyValuePair.Create(topic, listeners))
                : subscriptions.TryUpdate(topic, others, listeners);
            if (done)
                return;
        }
    }
}
