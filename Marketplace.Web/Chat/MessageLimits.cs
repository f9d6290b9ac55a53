using System.Threading.RateLimiting;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat;

/// <summary>
/// How fast one person may write: <c>Limits:MessageBurst</c> at once and <c>Limits:MessagesPerSecond</c> more each
/// second; 0 in either switches the limit off.
/// </summary>
public sealed class MessageLimits : IDisposable
{
    private readonly PartitionedRateLimiter<long> limiter;

    private readonly PartitionedRateLimiter<long> typing = PartitionedRateLimiter.Create<long, long>(person =>
        RateLimitPartition.GetTokenBucketLimiter(
            person,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = 5,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                AutoReplenishment = true,
            }
        )
    );

    public MessageLimits(IConfiguration configuration)
    {
        var burst = configuration.Number("Limits:MessageBurst", 10, 0, 1_000_000);
        var rate = configuration.Number("Limits:MessagesPerSecond", 2, 0, 1_000_000);
        limiter = PartitionedRateLimiter.Create<long, long>(person =>
            burst == 0 || rate == 0
                ? RateLimitPartition.GetNoLimiter(0L)
                : RateLimitPartition.GetTokenBucketLimiter(
                    person,
                    _ => new TokenBucketRateLimiterOptions
                    {
                        TokenLimit = burst,
                        TokensPerPeriod = rate,
                        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                        AutoReplenishment = true,
                    }
                )
        );
    }

    /// <summary>Null if the person may write now, otherwise how long to wait.</summary>
    public TimeSpan? Ask(long person)
    {
        using var lease = limiter.AttemptAcquire(person);
        if (lease.IsAcquired)
            return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
    }

    /// <summary>Whether a "is writing" of this person is worth telling: once in some seconds is enough.</summary>
    public bool MayTellTyping(long person)
    {
        using var lease = typing.AttemptAcquire(person);
        return lease.IsAcquired;
    }

    public void Dispose()
    {
        limiter.Dispose();
        typing.Dispose();
    }
}
