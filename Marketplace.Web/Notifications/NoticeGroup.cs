using Marketplace.Web.Outbox;

namespace Marketplace.Web.Notifications;

/// <summary>The messages of a room on one page of the list, as one line of it; anything else is a line of its own.</summary>
/// <param name="Last">The newest, which the line leads to.</param>
public sealed record NoticeGroup(NoticeView Last, int Count)
{
    /// <param name="notices">The newest first.</param>
    public static IReadOnlyList<NoticeGroup> Of(IEnumerable<NoticeView> notices) =>
        [.. notices.GroupBy(Line).Select(group => new NoticeGroup(group.First(), group.Count()))];

    private static (long? Room, bool IsRead, long Single) Line(NoticeView notice) =>
        notice.Kind is NoticeKind.Message ? (notice.RoomId, notice.IsRead, 0) : (null, false, notice.Id);
}
