using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketplace.Web.Admin.Evidence;

/// <summary>A transcript is one JSON document, laid out so that each message is a line and neither end needs it whole.</summary>
internal static class TranscriptJson
{
    public const string BeforeMessages = ",\"messages\":[";

    public const string AfterMessages = "]}";

    // What a program may read in two ways is refused: a name twice, or one that no hash covers.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Of the header: without its closing brace.</summary>
    public static string Open(TranscriptHeader header) => JsonSerializer.Serialize(header, Options)[..^1];

    public static string Line<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Null if it is none.</summary>
    public static T? Read<T>(string text)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
