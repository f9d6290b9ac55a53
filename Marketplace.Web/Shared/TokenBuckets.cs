using System.Collections.Concurrent;

namespace Marketplace.Web.Shared;

/// <summary>Rate limits by key. The framework's cannot give back a token, which a repeat must not cost.</summary>
/// <param name="burst">Tokens in a full bucket; 0: no limit.</param>
/// <param name="perSecond">Tokens refilled per second; 0: no limit.</param>
/// <param name="note">Told of each token that is taken (1) or given back (-1).</param>
public sealed class TokenBuckets<TKey>(int burst, double perSecond, TimeProvider clock, Action<TKey, int>? note = null)
    where TKey : notnull
{
    /// <summary>Above this number, full buckets are removed: they equal missing ones.</summary>
    private const int ManyBuckets = 10_000;

    private readonly ConcurrentDictionary<TKey, Bucket> buckets = new();
    private int sweepAt = ManyBuckets;

    public int Count => buckets.Count;

    /// <summary>Takes a token; returns null on success, otherwise the time until one is available.</summary>
    public TimeSpan? Take(TKey key)
    {
        if (burst == 0 || perSecond == 0)
            return null;
        TimeSpan? wait = null;
        buckets.AddOrUpdate(
            key,
            _ => new Bucket(burst - 1, clock.GetTimestamp()),
            (_, bucket) =>
            {
                var tokens = Now(bucket);
                wait = tokens >= 1 ? null : TimeSpan.FromSeconds((1 - tokens) / perSecond);
                return new Bucket(wait is null ? tokens - 1 : tokens, clock.GetTimestamp());
            }
        );
        if (wait is null)
            note?.Invoke(key, 1);
        if (buckets.Count > sweepAt)
            Sweep();
        return wait;
    }

    /// <summary>Takes what was taken elsewhere, whether or not there is so much.</summary>
    public void Spend(TKey key, int count)
    {
        if (burst == 0 || perSecond == 0)
            return;
        buckets.AddOrUpdate(
            key,
            _ => new Bucket(Math.Clamp(burst - count, 0, burst), clock.GetTimestamp()),
            (_, bucket) => new Bucket(Math.Clamp(Now(bucket) - count, 0, burst), clock.GetTimestamp())
        );
        if (buckets.Count > sweepAt)
            Sweep();
    }

    public void GiveBack(TKey key)
    {
        if (!buckets.TryGetValue(key, out var bucket))
            return;
        buckets.TryUpdate(key, new Bucket(Math.Min(burst, Now(bucket) + 1), clock.GetTimestamp()), bucket);
        note?.Invoke(key, -1);
    }

    private double Now(Bucket bucket) =>
        Math.Min(burst, bucket.Tokens + clock.GetElapsedTime(bucket.At).TotalSeconds * perSecond);

    private void Sweep()
    {
        foreach (var entry in buckets)
            if (Now(entry.Value) >= burst)
                buckets.TryRemove(entry);
        sweepAt = Math.Max(ManyBuckets, buckets.Count * 2);
    }

    private readonly record struct Bucket(double Tokens, long At);
}
