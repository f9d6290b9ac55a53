using System.Text.Json;

namespace Marketplace.Web.Listings;

/// <summary>What a notice says of a price that dropped. Minor units.</summary>
public sealed record PriceChange(long From, long To, string Currency)
{
    public static PriceChange? Read(string? data) =>
        data is null ? null : JsonSerializer.Deserialize<PriceChange>(data, JsonSerializerOptions.Web);

    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
