namespace Marketplace.Web.Figures;

/// <summary>
/// Durations as counts that can be added over days and nodes: two buckets for each doubling from a millisecond to 24
/// days, so that a median or percentile is right to a fifth.
/// </summary>
public static class TimeBuckets
{
    public const int Count = 64;

    private const double PerDoubling = 2;

    public static int Of(TimeSpan time) =>
        time.TotalMilliseconds < 1
            ? 0
            : Math.Min(Count - 1, 1 + (int)(PerDoubling * Math.Log2(time.TotalMilliseconds)));

    /// <summary>The time that this share of all does not exceed, such as 0.5 for the median; null of none.</summary>
    public static TimeSpan? Percentile(IReadOnlyDictionary<int, long> counts, double share)
    {
        var rest = share * counts.Values.Sum();
        foreach (var (bucket, count) in counts.Where(one => one.Value > 0).OrderBy(one => one.Key))
        {
            if (rest <= count)
                return Within(bucket, rest / count);
            rest -= count;
        }
        return null;
    }

    // Even between the bounds, on the scale of the buckets.
    private static TimeSpan Within(int bucket, double share) =>
        TimeSpan.FromMilliseconds(bucket == 0 ? share : Math.Pow(2, (bucket - 1 + share) / PerDoubling));
}
