using System.Threading.RateLimiting;

namespace Marketplace.Web.Shared.Hosting;

/// <summary>One key of our limits as the framework's middleware wants it: its own cannot be told what another node let through.</summary>
internal sealed class BucketLimiter(TokenBuckets<string> buckets, string key) : RateLimiter
{
    /// <summary>Whatever is counted is in the buckets, so this may go at any time.</summary>
    public override TimeSpan? IdleDuration => TimeSpan.MaxValue;

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount) => new Lease(buckets.Take(key));

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(
        int permitCount,
        CancellationToken cancellationToken
    ) => ValueTask.FromResult(AttemptAcquireCore(permitCount));

    private sealed class Lease(TimeSpan? wait) : RateLimitLease
    {
        public override bool IsAcquired => wait is null;

        public override IEnumerable<string> MetadataNames => [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? wait : null;
            return metadata is not null;
        }
    }
}
