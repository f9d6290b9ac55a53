using System.Collections.Concurrent;
using System.Globalization;

namespace Marketplace.Web.Shared;

/// <param name="Count">Below zero if more was given back than taken.</param>
public sealed record LimitTaken(string Limit, string Key, int Count);

/// <summary>
/// Makes the site's limits by key. Where several nodes are one site it also notes what is taken here, so that they can
/// tell each other, and takes what was taken there.
/// </summary>
public sealed class LimitBook(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Action<string, int>> limits = new();
    private ConcurrentDictionary<(string Limit, string Key), int>? taken;

    /// <summary>Without it, nothing is noted.</summary>
    public void Share() => taken = new();

    /// <param name="name">The same on all nodes; each limit is made once.</param>
    public TokenBuckets<TKey> Make<TKey>(string name, int burst, double perSecond)
        where TKey : notnull, IParsable<TKey>
    {
        var buckets = new TokenBuckets<TKey>(
            burst,
            perSecond,
            clock,
            (key, count) =>
                taken?.AddOrUpdate(
                    (name, string.Create(CultureInfo.InvariantCulture, $"{key}")),
                    count,
                    (_, before) => before + count
                )
        );
        limits[name] = (key, count) => buckets.Spend(TKey.Parse(key, CultureInfo.InvariantCulture), count);
        return buckets;
    }

    /// <summary>What was taken here since the last call.</summary>
    public IReadOnlyList<LimitTaken> Drain() =>
        taken is not { IsEmpty: false } noted
            ? []
            :
            [
                .. noted
                    .Keys.Select(key =>
                        noted.TryRemove(key, out var count) ? new LimitTaken(key.Limit, key.Key, count) : null
                    )
                    .OfType<LimitTaken>()
                    .Where(one => one.Count != 0),
            ];

    /// <summary>Counts what another node let through; limits that are not in use here are passed over.</summary>
    public void Spend(IEnumerable<LimitTaken> elsewhere)
    {
        foreach (var one in elsewhere)
            if (limits.TryGetValue(one.Limit, out var spend))
                spend(one.Key, one.Count);
    }
}
