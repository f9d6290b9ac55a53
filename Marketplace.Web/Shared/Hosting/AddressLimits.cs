using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace Marketplace.Web.Shared.Hosting;

/// <summary>How often an address may ask what is limited, by the setting of its limit.</summary>
internal sealed class AddressLimits(IConfiguration configuration, LimitBook book)
{
    private readonly ConcurrentDictionary<string, Lazy<TokenBuckets<string>>> limits = new();

    public RateLimitPartition<string> Of(HttpContext http)
    {
        if (RequestLimits.Limit(http) is not { } limit)
            return RateLimitPartition.GetNoLimiter("");
        var perMinute = RequestLimits.PerMinute(configuration, limit.Name, limit.Usual);
        if (perMinute == 0)
            return RateLimitPartition.GetNoLimiter("");
        var buckets = limits.GetOrAdd(
            limit.Name,
            name => new(() => book.Make<string>($"address {name}", perMinute, perMinute / 60.0))
        );
        var address = ClientNetwork.Of(http);
        return RateLimitPartition.Get($"{limit.Name} {address}", _ => new BucketLimiter(buckets.Value, address));
    }
}
