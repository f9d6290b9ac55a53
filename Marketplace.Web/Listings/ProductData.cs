using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;

namespace Marketplace.Web.Listings;

/// <summary>A listing as schema.org Product with Offer, in JSON-LD, which browsers do not execute.</summary>
internal static class ProductData
{
    // Escapes < > & ' so that no text can end the block.
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static MarkupString Of(ListingView listing, string url, Func<Guid, string> picture, string category)
    {
        var product = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Product",
            ["name"] = listing.Title,
            ["description"] = listing.Description,
            ["category"] = category,
            ["url"] = url,
            ["image"] = new JsonArray([.. listing.Photos.Select(photo => JsonValue.Create(picture(photo.File)))]),
            ["offers"] = Offer(listing, url),
        };
        return new($"<script type=\"application/ld+json\">{product.ToJsonString(Json)}</script>");
    }

    private static JsonObject Offer(ListingView listing, string url) =>
        new()
        {
            ["@type"] = "Offer",
            ["url"] = url,
            ["price"] = (listing.Price / 100m).ToString("0.00", CultureInfo.InvariantCulture),
            ["priceCurrency"] = listing.Currency,
            ["availability"] = "https://schema.org/" + Availability(listing.State),
            ["itemCondition"] =
                "https://schema.org/" + (listing.Condition == Condition.New ? "NewCondition" : "UsedCondition"),
            ["seller"] = new JsonObject { ["@type"] = "Person", ["name"] = listing.SellerName },
        };

    private static string Availability(ListingState state) =>
        state switch
        {
            ListingState.Active => "InStock",
            ListingState.Reserved => "Reserved",
            ListingState.Sold => "SoldOut",
            _ => "Discontinued",
        };
}
