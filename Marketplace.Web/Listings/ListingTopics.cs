using Marketplace.Web.Realtime;

namespace Marketplace.Web.Listings;

/// <summary>The topic of this feature: <c>listing</c> tells <see cref="ListingChanged"/> after the commit.</summary>
public static class ListingTopics
{
    public static Topic Listing(long id) => new("listing", id);
}

/// <summary>Its title, price, pictures or state are others now.</summary>
public sealed record ListingChanged(long ListingId);
