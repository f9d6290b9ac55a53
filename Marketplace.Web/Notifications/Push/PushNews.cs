using System.Globalization;
using System.Text.Json;
using Marketplace.Web.Outbox;

namespace Marketplace.Web.Notifications.Push;

/// <summary>What one notification of a device tells: all that is unread of a room, or one notice outside rooms.</summary>
/// <param name="Notices">The oldest first.</param>
internal sealed record PushNews(string Tag, IReadOnlyList<WaitingNotice> Notices)
{
    private const string Room = "room-";
    private const string Single = "notice-";

    public WaitingNotice Last => Notices[^1];

    public bool IsOfMessages => Last.Kind is NoticeKind.Message;

    /// <summary>What a device that was told of it remembers.</summary>
    public long Mark => Last.RoomId is null ? Last.Id : Last.Seq;

    /// <summary>The longest waiting first.</summary>
    public static IEnumerable<PushNews> Of(IEnumerable<WaitingNotice> notices) =>
        notices
            .OrderBy(notice => notice.Id)
            .GroupBy(notice => notice.RoomId is { } room ? OfRoom(room) : Single + Text(notice.Id))
            .Select(group => new PushNews(group.Key, [.. group]));

    public static string OfRoom(long roomId) => Room + Text(roomId);

    /// <summary>The rooms, and the notices outside rooms, that tags stand for.</summary>
    public static (long[] Rooms, long[] Notices) Read(IEnumerable<string> tags) =>
        (Numbers(tags, Room), Numbers(tags, Single));

    private static long[] Numbers(IEnumerable<string> tags, string start) =>
        [
            .. tags.Where(tag => tag.StartsWith(start, StringComparison.Ordinal))
                .Select(tag => long.Parse(tag.AsSpan(start.Length), NumberStyles.None, CultureInfo.InvariantCulture)),
        ];

    public static string OfNotice(long id) => Single + Text(id);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// By tag, the mark up to which a device was told, and the last notice before the device: it hears nothing older, whatever
/// the clock says. As JSON in <see cref="PushDevice.Told"/>.
/// </summary>
internal static class PushTold
{
    private const string Start = "*";

    public static string From(long lastNotice) =>
        JsonSerializer.Serialize(new Dictionary<string, long> { [Start] = lastNotice });

    public static Dictionary<string, long> Read(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, long>>(json) ?? [];

    public static bool IsNew(this Dictionary<string, long> told, WaitingNotice notice) =>
        notice.Id > told.GetValueOrDefault(Start);

    /// <summary>With this news, without what was read; the newest tags stay where there are too many.</summary>
    public static string With(this Dictionary<string, long> told, PushNews news, IReadOnlyCollection<string> read)
    {
        var kept = told.Where(one => one.Key != Start && one.Key != news.Tag && !read.Contains(one.Key))
            .TakeLast(PushDevice.MaxTold - 1);
        var start = told.Where(one => one.Key == Start);
        return JsonSerializer.Serialize(new Dictionary<string, long>([.. start, .. kept, new(news.Tag, news.Mark)]));
    }
}
