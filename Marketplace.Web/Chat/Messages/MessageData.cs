using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketplace.Web.Chat.Messages;

/// <summary>
/// What a message has beside its text, as it is stored with it and travels to every screen. Versioned: a reader that
/// meets a higher version than it knows shows the text alone.
/// </summary>
public sealed record MessageData
{
    private const int Newest = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public int V { get; init; } = Newest;
    public IReadOnlyList<PictureView>? Pictures { get; init; }
    public IReadOnlyList<ReactionView>? Reactions { get; init; }

    public static MessageData? Parse(string? json) =>
        json is not null && JsonSerializer.Deserialize<MessageData>(json, Json) is { V: <= Newest } data ? data : null;

    /// <summary>Null where there is nothing to store.</summary>
    public string? ToJson() => this == new MessageData() ? null : JsonSerializer.Serialize(this, Json);

    /// <summary>With this person's sign in place of the one they gave before; null takes it away.</summary>
    public MessageData React(long userId, string? sign)
    {
        var others = (Reactions ?? []).Where(reaction => reaction.UserId != userId).ToList();
        if (sign is not null)
            others.Add(new ReactionView(userId, sign));
        return this with { Reactions = others.Count == 0 ? null : others };
    }
}

/// <summary>A picture of a message. Sizes are those of the large version, in pixels.</summary>
public sealed record PictureView(Guid File, Guid Thumbnail, int Width, int Height);

/// <summary>A person's sign on a message: one of <see cref="MessageRules.Signs"/>.</summary>
public sealed record ReactionView(long UserId, string Sign);
