namespace Marketplace.Web.Realtime.Relay;

/// <summary>What one node knows of another.</summary>
/// <param name="Name">One run of a process: what starts again is another node.</param>
/// <param name="HeardAt">By this node's clock.</param>
/// <param name="IsSilent">Whether it missed <see cref="RelayNodes.Patience"/> of beats.</param>
/// <param name="IsGone">Whether it was silent for <see cref="RelayNodes.Grace"/>, as a node that was killed.</param>
public sealed record RelayNode(string Name, long Number, DateTimeOffset HeardAt, bool IsSilent, bool IsGone = false);

/// <summary>Finds what may have been missed: by a hole in a node's numbers, or by its silence.</summary>
internal sealed class RelayNodes
{
    /// <summary>Three beats of a second.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3.5);

    /// <summary>So long a silent node is a fault of this one too, which may be cut off from it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>After this nobody expects that a silent node is cut off and still working.</summary>
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
            var silent = nodes.Values.Where(node => now - node.HeardAt > Patience).ToList();
            foreach (var node in silent)
                nodes[node.Name] = node with { IsSilent = true, IsGone = now - node.HeardAt > Grace };
            foreach (var node in silent.Where(node => now - node.HeardAt > Forgotten))
                nodes.Remove(node.Name);
            return silent.Exists(node => !node.IsSilent);
        }
    }

    /// <summary>A node that stops says so: it is not missed.</summary>
    public void Leave(string name)
    {
        lock (gate)
            nodes.Remove(name);
    }
}
