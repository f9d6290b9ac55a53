using System.Text.Json;
using System.Text.Json.Serialization;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Safety.Reports;

namespace Marketplace.Web.Chat.Messages;

/// <summary>The pictures and reactions of a message, and what the administration hides of it. Data of a higher version is ignored.</summary>
public sealed record MessageData
{
    private const int Newest = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>What the JSON of a message with pictures contains.</summary>
    internal const string PicturesMark = "\"pictures\":";

    public int V { get; init; } = Newest;
    public IReadOnlyList<PictureView>? Pictures { get; init; }

    /// <summary>There were pictures, until the retention took them away.</summary>
    public bool? PicturesGone { get; init; }
    public IReadOnlyList<ReactionView>? Reactions { get; init; }

    public static MessageData? Parse(string? json) =>
        json is not null && JsonSerializer.Deserialize<MessageData>(json, Json) is { V: <= Newest } data ? data : null;

    /// <summary>What became of the deal.</summary>
    public DealStep? Deal { get; init; }

    /// <summary>The rule for which the administration hides the message; with it the message counts as deleted.</summary>
    public HouseRule? Hidden { get; init; }

    /// <summary>The rule for which the administration hides a part of the message.</summary>
    public HouseRule? Masked { get; init; }

    [JsonIgnore]
    public IReadOnlyList<Guid> Files => [.. (Pictures ?? []).SelectMany(one => new[] { one.File, one.Thumbnail })];

    /// <summary>The files of the pictures in this JSON.</summary>
    internal static IEnumerable<Guid> FilesOf(string? json) => Parse(json)?.Files ?? [];

    internal MessageData WithoutPictures() => this with { Pictures = null, PicturesGone = true };

    public string? ToJson() => this == new MessageData() ? null : JsonSerializer.Serialize(this, Json);

    public MessageData React(long userId, string? sign)
    {
        var others = (Reactions ?? []).Where(reaction => reaction.UserId != userId).ToList();
        if (sign is not null)
            others.Add(new ReactionView(userId, sign));
        return this with { Reactions = others.Count == 0 ? null : others };
    }
}

/// <summary>A picture of a message. Width and height are those of the large version, in pixels.</summary>
public sealed record PictureView(Guid File, Guid Thumbnail, int Width, int Height);

/// <summary>A person's reaction: one of <see cref="MessageRules.Signs"/>.</summary>
public sealed record ReactionView(long UserId, string Sign);
