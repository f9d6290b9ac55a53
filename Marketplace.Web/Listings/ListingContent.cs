using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketplace.Web.Listings;

public sealed record ListingContent(
    string Title,
    string Description,
    long Price,
    long? MinOffer,
    Category Category,
    string Place,
    Condition? Condition,
    bool InPerson,
    bool Shipping,
    IReadOnlyList<PhotoView> Photos
)
{
    /// <summary>A hash of the content, which a form carries to detect conflicts.</summary>
    [JsonIgnore]
    public string Version => Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this)))[..16];

    public static ListingContent Of(ListingView listing) =>
        new(
            listing.Title,
            listing.Description,
            listing.Price,
            listing.MinOffer,
            listing.Category,
            listing.Place,
            listing.Condition,
            listing.InPerson,
            listing.Shipping,
            [.. listing.Photos.Select(photo => new PhotoView(photo.File, photo.Thumbnail))]
        );
}
