using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Marketplace.Web.Realtime.Relay;

/// <summary>Where an envelope comes from, and its place among all that its node sends to one channel.</summary>
/// <param name="Number">From 1, without a hole; a beat repeats that of the last event.</param>
/// <param name="SentAt">By the sender's clock, in milliseconds since 1970.</param>
public readonly record struct RelayStamp(string Node, long Number, long SentAt)
{
    /// <summary>In place of a number: what is lost of these is not missed.</summary>
    public const long Fleeting = -1;
}

/// <summary>
/// What travels between nodes, as one line of JSON: version, node, number, time, and for an event its topic, its type,
/// its trace and, up to <see cref="MaxBody"/>, itself. An event without itself is read by the receiver from the database.
/// </summary>
internal readonly record struct RelayEnvelope(
    RelayStamp Stamp,
    Topic Topic,
    string? Type,
    string? Trace,
    ReadOnlyMemory<byte> Body
)
{
    /// <summary>Bytes. A longer event costs less to read than to carry to all nodes.</summary>
    public const int MaxBody = 8 * 1024;

    private const int Version = 1;

    /// <summary>Longer than any machine's name: what is longer is not from a node.</summary>
    private const int MaxName = 300;

    /// <summary>The type of a node's last line, by which it is not missed.</summary>
    public const string Farewell = "farewell";

    /// <summary>Whether it took a number; beats and farewells repeat the last.</summary>
    public bool IsEvent => Type is not null && !IsFarewell && !IsFleeting;

    public bool IsFarewell => Type is Farewell;

    /// <summary>An event of the moment, outside the numbers.</summary>
    public bool IsFleeting => Stamp.Number == RelayStamp.Fleeting;

    public static void Write(
        IBufferWriter<byte> line,
        RelayStamp stamp,
        Topic topic,
        string? type,
        byte[]? body,
        string? trace = null
    )
    {
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartArray();
            json.WriteNumberValue(Version);
            json.WriteStringValue(stamp.Node);
            json.WriteNumberValue(stamp.Number);
            json.WriteNumberValue(stamp.SentAt);
            if (type is not null)
            {
                json.WriteStringValue(topic.Kind ?? "");
                json.WriteNumberValue(topic.Id);
                json.WriteStringValue(type);
                json.WriteStringValue(trace);
                if (body is { Length: <= MaxBody })
                    json.WriteRawValue(body, skipInputValidation: true);
            }
            json.WriteEndArray();
        }
        line.Write("\n"u8);
    }

    /// <summary>How each line of a node begins.</summary>
    public static byte[] BeginningOf(string node) =>
        Encoding.UTF8.GetBytes($"[{Version},\"{JsonEncodedText.Encode(node)}\",");

    /// <summary>Null if the line is not of this version, or not ours at all.</summary>
    public static RelayEnvelope? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            return ReadLine(line);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static RelayEnvelope? ReadLine(ReadOnlyMemory<byte> line)
    {
        var json = new Utf8JsonReader(line.Span);
        if (!json.Read() || json.TokenType is not JsonTokenType.StartArray || Number(ref json) != Version)
            return null;
        var stamp = new RelayStamp(Text(ref json), Number(ref json), Number(ref json));
        if (stamp.Node.Length is 0 or > MaxName || stamp.Node.Any(char.IsControl))
            return null;
        json.Read();
        if (json.TokenType is JsonTokenType.EndArray)
            return new(stamp, default, null, null, default);
        var topic = new Topic(json.GetString() ?? "", Number(ref json));
        var type = Text(ref json);
        var trace = json.Read() && json.TokenType is JsonTokenType.String ? json.GetString() : null;
        if (json.TokenType is not JsonTokenType.EndArray)
            json.Read();
        if (json.TokenType is JsonTokenType.EndArray)
            return new(stamp, topic, type, trace, default);
        var from = (int)json.TokenStartIndex;
        json.Skip();
        return new(stamp, topic, type, trace, line[from..(int)json.BytesConsumed]);
    }

    private static long Number(ref Utf8JsonReader json) => json.Read() ? json.GetInt64() : throw new JsonException();

    private static string Text(ref Utf8JsonReader json) =>
        (json.Read() ? json.GetString() : null) ?? throw new JsonException();
}
