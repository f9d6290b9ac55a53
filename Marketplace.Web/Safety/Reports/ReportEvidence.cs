using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Safety.Reports;

/// <summary>What is reported, as it was then. Times are UTC.</summary>
public sealed record ReportEvidence
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public int V { get; init; } = 1;

    /// <summary>In order; the last is the one that is reported, if it is one.</summary>
    public IReadOnlyList<MessageEvidence>? Messages { get; init; }
    public ListingEvidence? Listing { get; init; }
    public PersonEvidence? Person { get; init; }

    /// <summary>What the reporter added as proof.</summary>
    public IReadOnlyList<PictureEvidence>? Pictures { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static ReportEvidence? Parse(string? json) =>
        json is null ? null : JsonSerializer.Deserialize<ReportEvidence>(json, Json);

    public static byte[] Hash(string json) => SHA256.HashData(Encoding.UTF8.GetBytes(json));
}

/// <param name="HasEarlier">Whether earlier versions of it are kept.</param>
public sealed record MessageEvidence(
    long Seq,
    long SenderId,
    string Sender,
    string Text,
    DateTime SentAt,
    DateTime? EditedAt,
    DateTime? DeletedAt,
    bool HasEarlier,
    IReadOnlyList<Guid>? Pictures
)
{
    /// <summary>As it was; a closed account had none.</summary>
    [JsonIgnore]
    public string Name => PersonName.Of(Sender);
}

/// <param name="Price">In minor units of the currency.</param>
public sealed record ListingEvidence(
    long Id,
    string Title,
    string Description,
    long Price,
    string Currency,
    string Place,
    IReadOnlyList<Guid> Photos
);

/// <param name="Sha256">Of the picture as it is stored, in lower-case hex.</param>
public sealed record PictureEvidence(Guid File, Guid Thumbnail, string Sha256)
{
    public bool Has(Guid name) => name == File || name == Thumbnail;
}

/// <param name="Place">Of the newest listing; null without one.</param>
public sealed record PersonEvidence(long Id, string Name, DateTime Since, string? Place);
