using System.Collections.Concurrent;

namespace Marketplace.Web.Shared;

/// <summary>
/// A token bucket for each key. The framework's own can't take a token back, and what turns out to be a repeat must not
/// have cost one.
/// </summary>
/// <param name="burst">Tokens in a full bucket; 0: no limit.</param>
/// <param name="perSecond">Tokens that come back in a second; 0: no limit.</param>
public sealed class TokenBuckets(int burst, int perSecond, TimeProvider clock)
{
    /// <summary>A bucket that is full again is the same as none: from this number on they are looked for.</summary>
    private const int ManyBuckets = 10_000;

    private readonly ConcurrentDictionary<long, Bucket> buckets = new();
    private int sweepAt = ManyBuckets;

    /// <summary>How many keys have a bucket.</summary>
    public int Count => buckets.Count;

    /// <summary>Takes a token: null if there was one, otherwise how long until there is.</summary>
    public TimeSpan? Take(long key)
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
        if (buckets.Count > sweepAt)
            Sweep();
        return wait;
    }

    /// <summary>Puts a token back.</summary>
    public void GiveBack(long key)
    {
        if (buckets.TryGetValue(key, out var bucket))
            buckets.TryUpdate(key, new Bucket(Math.Min(burst, Now(bucket) + 1), clock.GetTimestamp()), bucket);
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
