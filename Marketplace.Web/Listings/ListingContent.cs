using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketplace.Web.Listings;

/// <summary>What a seller writes about a listing, apart from its state. The price is in minor units.</summary>
public sealed record ListingContent(
    string Title,
    string Description,
    long Price,
    Category Category,
    string Place,
    Condition? Condition,
    bool InPerson,
    bool Shipping,
    IReadOnlyList<PhotoView> Photos
)
{
    /// <summary>Names this content: a form carries the version that it was filled in from.</summary>
    [JsonIgnore]
    public string Version => Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this)))[..16];

    public static ListingContent Of(ListingView listing) =>
        new(
            listing.Title,
            listing.Description,
            listing.Price,
            listing.Category,
            listing.Place,
            listing.Condition,
            listing.InPerson,
            listing.Shipping,
            [.. listing.Photos.Select(photo => new PhotoView(photo.File, photo.Thumbnail))]
        );
}
