using Marketplace.Web.Outbox;

namespace Marketplace.Web.Notifications;

/// <summary>Messages of a room that follow each other in the list, as one line of it.</summary>
/// <param name="Last">The newest, which the line leads to.</param>
public sealed record NoticeGroup(NoticeView Last, int Count)
{
    /// <param name="notices">The newest first.</param>
    public static IReadOnlyList<NoticeGroup> Of(IEnumerable<NoticeView> notices)
    {
        List<NoticeGroup> groups = [];
        foreach (var notice in notices)
            if (groups is [.., var group] && group.Takes(notice))
                groups[^1] = group with { Count = group.Count + 1 };
            else
                groups.Add(new(notice, 1));
        return groups;
    }

    private bool Takes(NoticeView notice) =>
        (Last.Kind, Last.RoomId, Last.IsRead) == (NoticeKind.Message, notice.RoomId, notice.IsRead)
        && notice.Kind is NoticeKind.Message;
}
