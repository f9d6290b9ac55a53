using Marketplace.Web.Shared;

namespace Marketplace.Web.Admin.Bulk;

/// <summary>One of those whom a bulk act concerns.</summary>
/// <param name="Name">As the administrator knows it.</param>
/// <param name="DoAsync">The act of one, with its own transaction, record and notice. Null on success.</param>
/// <param name="UndoAsync">Takes that act back; null if only another act does.</param>
public sealed record BulkItem(string Name, Func<Task<Refusal?>> DoAsync, Func<Task<Refusal?>>? UndoAsync = null)
{
    /// <param name="undoAsync">Takes back what the act returned.</param>
    public static BulkItem Of(string name, Func<Task<Outcome<long>>> actAsync, Func<long, Task<Refusal?>> undoAsync)
    {
        var made = 0L;
        return new(name, DoAsync, () => undoAsync(made));

        async Task<Refusal?> DoAsync()
        {
            var acted = await actAsync();
            made = acted.Value;
            return acted.Refusal;
        }
    }
}

/// <param name="Why">In the administrator's language.</param>
public sealed record BulkSkip(string Name, string Why);
