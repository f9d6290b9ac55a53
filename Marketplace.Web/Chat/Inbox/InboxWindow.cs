using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Rooms;

namespace Marketplace.Web.Chat.Inbox;

internal sealed class InboxWindow
{
    public IReadOnlyList<InboxRowView> All { get; private set; } = [];

    public bool HasMore { get; private set; }

    public InboxRowView? Last => All.LastOrDefault(row => row.Shelf != Shelf.Pinned);

    /// <summary>The number of restarts. A page that was requested before a restart must not be appended.</summary>
    public int Begun { get; private set; }

    public InboxRowView? Find(long roomId) => All.FirstOrDefault(row => row.RoomId == roomId);

    public void Begin(IReadOnlyList<InboxRowView> first, bool hasMore) =>
        (All, HasMore, Begun) = (first, hasMore, Begun + 1);

    public void Append(IEnumerable<InboxRowView> below, bool hasMore) =>
        (All, HasMore) = ([.. All, .. below.ExceptBy(All.Select(row => row.RoomId), row => row.RoomId)], hasMore);

    /// <summary>Drops a row that now sorts below the loaded part; keeping it would skip unloaded rows.</summary>
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

    public void Show(AccountState person) =>
        All = [.. All.Select(row => row.OtherId == person.Id ? row.With(person) : row)];

    private static (bool, long, long) Order(InboxRowView row) => (row.Shelf == Shelf.Pinned, row.SortKey, row.RoomId);
}
