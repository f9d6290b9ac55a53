using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Marketplace.Web.Realtime;

/// <summary>
/// Subscribers get events in order, one at a time, on the pool in their own execution context. Where several nodes are
/// one site, those that are <see cref="IRelayed"/> reach the subscribers of all.
/// </summary>
public sealed class Broadcaster(ILogger<Broadcaster> log)
{
    private readonly ConcurrentDictionary<Topic, ImmutableArray<Subscription>> subscriptions = new();
    private readonly ConcurrentDictionary<Type, Action<object>> before = new();

    /// <summary>Set where there is a relay: takes an event for the other nodes, and returns at once.</summary>
    internal Action<Topic, IRelayed>? Elsewhere { get; set; }

    /// <summary>Zero without subscribers. Tests and health checks read it.</summary>
    public int TopicCount => subscriptions.Count;

    /// <summary>Subscribes until disposed. An event published to two of the topics arrives twice.</summary>
    /// <param name="receive">Never called concurrently for one subscription.</param>
    /// <param name="shows">What can be compared with the database, if events may be lost between nodes.</param>
    public Subscription Subscribe(IReadOnlyList<Topic> topics, Func<object, Task> receive, Shown? shows = null) =>
        new(this, topics, receive, shows, log);

    /// <summary>Acts on each event of a type before its subscribers get it, on the publisher's thread.</summary>
    public void Before<T>(Action<T> act)
        where T : notnull
    {
        Action<object> one = told => act((T)told);
        before.AddOrUpdate(typeof(T), one, (_, others) => others + one);
    }

    /// <summary>Queues the event for each subscriber of the topic and returns without waiting.</summary>
    public void Publish(Topic topic, object told)
    {
        PublishHere(topic, told);
        if (told is IRelayed relayed)
            Elsewhere?.Invoke(topic, relayed);
    }

    /// <summary>The same for an event of another node, which has told all nodes.</summary>
    internal void PublishHere(Topic topic, object told)
    {
        if (before.TryGetValue(told.GetType(), out var act))
            act(told);
        if (!subscriptions.TryGetValue(topic, out var listeners))
            return;
        foreach (var subscription in listeners)
            subscription.Post(told);
    }

    /// <summary>Whether an event would be received, or acted on, by anybody here.</summary>
    internal bool IsHeard(Topic topic, Type told) => subscriptions.ContainsKey(topic) || before.ContainsKey(told);

    /// <summary>All that are open now, each once.</summary>
    internal IReadOnlyCollection<Subscription> Subscriptions =>
        [.. subscriptions.Values.SelectMany(one => one).Distinct()];

    /// <summary>The topics that somebody listens to now.</summary>
    internal IEnumerable<Topic> Topics => subscriptions.Select(one => one.Key);

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
