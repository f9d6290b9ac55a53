using Marketplace.Web.Realtime;

namespace Marketplace.Web.Listings;

/// <summary>The topic of this feature: <c>listing</c> carries <see cref="ListingChanged"/> after the commit.</summary>
public static class ListingTopics
{
    public static Topic Listing(long id) => new("listing", id);
}

public sealed record ListingChanged(long ListingId) : IRelayed;
