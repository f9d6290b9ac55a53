using System.Globalization;
using System.Text.Json;

namespace Marketplace.Web.Outbox;

/// <summary>The <see cref="Notice.Data"/> of an act on a room: which, and why in the administration's words.</summary>
public sealed record NoticeAct(long Room, string Text)
{
    /// <summary>In JSON, each of its letters takes six at most.</summary>
    public const int MaxTextLength = 150;

    public static NoticeAct? Read(NoticeKind kind, string? data) =>
        kind is NoticeKind.RoomLocked or NoticeKind.RoomUnlocked && data is not null
            ? JsonSerializer.Deserialize<NoticeAct>(data, JsonSerializerOptions.Web)
            : null;

    /// <summary>With what the data of each act on this room begins.</summary>
    public static string About(long room) => string.Create(CultureInfo.InvariantCulture, $"{{\"room\":{room},");

    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
