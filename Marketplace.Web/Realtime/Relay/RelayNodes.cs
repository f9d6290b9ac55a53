namespace Marketplace.Web.Realtime.Relay;

/// <summary>What one node knows of another.</summary>
/// <param name="Name">One run of a process: what starts again is another node.</param>
/// <param name="HeardAt">By this node's clock.</param>
/// <param name="IsSilent">Whether it missed <see cref="RelayNodes.Patience"/> of beats.</param>
public sealed record RelayNode(string Name, long Number, DateTimeOffset HeardAt, bool IsSilent);

/// <summary>Finds what may have been missed: by a hole in a node's numbers, or by its silence.</summary>
internal sealed class RelayNodes
{
    /// <summary>Three beats of a second.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3.5);

    /// <summary>After this a silent node is gone, rather than cut off and still working.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);

    /// <summary>More than so many are not nodes of one site.</summary>
    public const int Most = 200;

    private readonly Dictionary<string, RelayNode> nodes = [];
    private readonly Lock gate = new();

    public IReadOnlyList<RelayNode> All
    {
        get
        {
            lock (gate)
                return [.. nodes.Values];
        }
    }

    /// <summary>Notes an envelope; returns whether something before it may have been missed.</summary>
    public bool Hear(RelayStamp stamp, bool isEvent, DateTimeOffset now)
    {
        lock (gate)
        {
            // Of a node that was not known, nothing was missed if it begins at 1.
            var known = nodes.GetValueOrDefault(stamp.Node)?.Number ?? 0;
            if (nodes.Count >= Most && !nodes.ContainsKey(stamp.Node))
                return false;
            nodes[stamp.Node] = new(stamp.Node, stamp.Number, now, IsSilent: false);
            return stamp.Number != known + (isEvent ? 1 : 0);
        }
    }

    /// <summary>Notes who has fallen silent since the last call; returns whether somebody has.</summary>
    public bool FindSilent(DateTimeOffset now)
    {
        lock (gate)
        {
            var silent = nodes.Values.Where(node => !node.IsSilent && now - node.HeardAt > Patience).ToList();
            foreach (var node in silent)
                nodes[node.Name] = node with { IsSilent = true };
            foreach (var node in nodes.Values.Where(node => now - node.HeardAt > Forgotten).ToList())
                nodes.Remove(node.Name);
            return silent.Count > 0;
        }
    }

    /// <summary>A node that stops says so: it is not missed.</summary>
    public void Leave(string name)
    {
        lock (gate)
            nodes.Remove(name);
    }
}
