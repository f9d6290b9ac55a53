using System.Globalization;
using Marketplace.Web.Chat.Rooms;

namespace Marketplace.Web.Admin;

/// <summary>What the address of a list says: what is looked for, where the page begins, in which order.</summary>
/// <param name="After">The key of the last row before; whatever is none means the list's beginning.</param>
public sealed record ListPlace(string? Text, string? After, bool OldestFirst)
{
    internal const string Oldest = "oldest";

    public long BeforeId => Number(After) ?? long.MaxValue;

    public RoomPlace? AfterRoom =>
        After?.Split('-') is [var message, var room] && Number(message) is { } place && Number(room) is { } id
            ? new(place, id)
            : null;

    internal static string KeyOf(RoomRowView room) => $"{KeyOf(room.LastMessageId)}-{KeyOf(room.Id)}";

    internal static string KeyOf(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
