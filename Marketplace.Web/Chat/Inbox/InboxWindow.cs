using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Rooms;

namespace Marketplace.Web.Chat.Inbox;

/// <summary>
/// The rows that a list has read so far, each room once: the pinned ones, then the newest first, or in the order in which
/// they were given. Each change makes a new list. Pure: no database, no component.
/// </summary>
internal sealed class InboxWindow
{
    public IReadOnlyList<InboxRowView> All { get; private set; } = [];

    /// <summary>Whether there are rows below the last one.</summary>
    public bool HasMore { get; private set; }

    /// <summary>The last of those that are not pinned: how far the list was read.</summary>
    public InboxRowView? Last => All.LastOrDefault(row => row.Shelf != Shelf.Pinned);

    /// <summary>How often the list began anew: what is read for the list before does not belong below this one.</summary>
    public int Begun { get; private set; }

    public InboxRowView? Find(long roomId) => All.FirstOrDefault(row => row.RoomId == roomId);

    public void Begin(IReadOnlyList<InboxRowView> first, bool hasMore) =>
        (All, HasMore, Begun) = (first, hasMore, Begun + 1);

    public void Append(IEnumerable<InboxRowView> below, bool hasMore) =>
        (All, HasMore) = ([.. All, .. below.ExceptBy(All.Select(row => row.RoomId), row => row.RoomId)], hasMore);

    /// <summary>
    /// Puts a row, new or changed, where it now stands. One that stands below the last one read goes: kept, it would leave a
    /// hole above it; it is read when one scrolls there.
    /// </summary>
    public void Put(InboxRowView fresh)
    {
        var others = All.Where(row => row.RoomId != fresh.RoomId).ToList();
        if (!HasMore || fresh.Shelf == Shelf.Pinned || fresh.SortKey >= Last?.SortKey)
        {
            var at = others.FindIndex(row => Order(row).CompareTo(Order(fresh)) < 0);
            others.Insert(at < 0 ? others.Count : at, fresh);
        }
        All = others;
    }

    public void Remove(long roomId) => All = [.. All.Where(row => row.RoomId != roomId)];

    /// <summary>Shows this state of a person in each of their rows.</summary>
    public void Show(AccountState person) =>
        All = [.. All.Select(row => row.OtherId == person.Id ? row.With(person) : row)];

    private static (bool, long, long) Order(InboxRowView row) => (row.Shelf == Shelf.Pinned, row.SortKey, row.RoomId);
}
