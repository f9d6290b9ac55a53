using System.Diagnostics.Metrics;

namespace Marketplace.Web.Realtime.Relay;

/// <summary>The other nodes of the site, as this one hears them. Without a relay it is alone, and hears all.</summary>
public sealed class RelayState : IDisposable
{
    private readonly Meter meter = new("Marketplace");
    private readonly Counter<long> missed;
    private readonly Counter<long> repaired;
    private readonly Histogram<double> lag;

    public RelayState()
    {
        missed = meter.CreateCounter<long>(
            "marketplace.relay.missed",
            description: "Times that events may have been missed"
        );
        repaired = meter.CreateCounter<long>(
            "marketplace.relay.repaired",
            description: "Screens found behind the database"
        );
        lag = meter.CreateHistogram<double>(
            "marketplace.relay.lag",
            "s",
            "From an event's sending to its arrival here"
        );
        meter.CreateObservableGauge("marketplace.relay.nodes", () => Nodes.Count(node => !node.IsSilent));
        meter.CreateObservableGauge("marketplace.relay.silent", () => Nodes.Count(node => node.IsSilent));
        meter.CreateObservableGauge("marketplace.relay.up", () => IsWell ? 1 : 0);
    }

    public bool IsOn { get; internal set; }

    /// <summary>This node's name: where it runs, different in each run.</summary>
    public string Here { get; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}"[..^24];

    /// <summary>Whether this node reaches the broker: it has heard itself in the last seconds.</summary>
    public bool IsUp { get; internal set; } = true;

    /// <summary>The other nodes that have been heard of lately.</summary>
    public IReadOnlyList<RelayNode> Nodes { get; internal set; } = [];

    /// <summary>Whether what others change is told here within a second. If not, copies in memory must age.</summary>
    public bool HearsAll => IsUp && Nodes.All(node => !node.IsSilent);

    /// <summary>
    /// Whether this node does its part. It is no fault of its own that another was killed, though that one may be cut off
    /// and still working: <see cref="HearsAll"/>.
    /// </summary>
    public bool IsWell => IsUp && Nodes.All(node => !node.IsSilent || node.IsGone);

    /// <summary>How often events may have been missed since the start.</summary>
    public long MissedCount { get; private set; }

    /// <summary>How many screens were found behind the database since the start.</summary>
    public long RepairedCount { get; private set; }

    internal void Missed()
    {
        MissedCount++;
        missed.Add(1);
    }

    /// <summary>A screen was behind the database, and reads again.</summary>
    public void Repaired()
    {
        RepairedCount++;
        repaired.Add(1);
    }

    internal void Lagged(TimeSpan by) => lag.Record(Math.Max(0, by.TotalSeconds));

    public void Dispose() => meter.Dispose();
}
