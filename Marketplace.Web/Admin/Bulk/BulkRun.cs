using Marketplace.Web.Shared;

namespace Marketplace.Web.Admin.Bulk;

/// <summary>
/// Does the act of one to each in turn, and knows no other road than that act: what is refused is skipped with its
/// sentence. Asked to stop, it stops after the one in hand.
/// </summary>
public sealed class BulkRun
{
    private readonly IReadOnlyList<BulkItem> items;
    private readonly Func<BulkItem, Task<Refusal?>> act;
    private readonly List<BulkItem> done = [];
    private readonly List<BulkSkip> skipped = [];

    public BulkRun(IReadOnlyList<BulkItem> items)
        : this(items, item => item.DoAsync()) { }

    private BulkRun(IReadOnlyList<BulkItem> items, Func<BulkItem, Task<Refusal?>> act) =>
        (this.items, this.act) = (items, act);

    public int Count => items.Count;
    public int Tried => done.Count + skipped.Count;
    public IReadOnlyList<BulkItem> Done => done;
    public IReadOnlyList<BulkSkip> Skipped => skipped;
    public bool IsStopping { get; private set; }

    public void Stop() => IsStopping = true;

    /// <summary>Takes back what was done, and nothing that was so before; null if there is nothing to take back.</summary>
    public BulkRun? Undo()
    {
        var undone = done.Where(item => item.UndoAsync is not null).ToArray();
        return undone.Length == 0 ? null : new(undone, item => item.UndoAsync!());
    }

    /// <param name="progressed">Called after each.</param>
    public async Task GoAsync(Action progressed)
    {
        foreach (var item in items)
        {
            if (IsStopping)
                return;
            if (await act(item) is { } refusal)
                skipped.Add(new(item.Name, refusal.Text));
            else
                done.Add(item);
            progressed();
            // SQLite answers on the caller's thread: without a pause, Stop would be heard after the last one.
            await Task.Yield();
        }
    }
}
