using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Marketplace.Web.Realtime;

/// <summary>Subscribers get events in order, one at a time, on the pool in their own execution context.</summary>
public sealed class Broadcaster(ILogger<Broadcaster> log)
{
    private readonly ConcurrentDictionary<Topic, ImmutableArray<Subscription>> subscriptions = new();

    /// <summary>Zero without subscribers. Tests and health checks read it.</summary>
    public int TopicCount => subscriptions.Count;

    /// <summary>Subscribes until disposed. An event published to two of the topics arrives twice.</summary>
    /// <param name="receive">Never called concurrently for one subscription.</param>
    public Subscription Subscribe(IReadOnlyList<Topic> topics, Func<object, Task> receive) =>
        new(this, topics, receive, log);

    /// <summary>Queues the event for each subscriber of the topic and returns without waiting.</summary>
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
