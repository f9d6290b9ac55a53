using System.Diagnostics.Metrics;

namespace Marketplace.Web.Figures;

/// <summary>
/// Counts what happens in this process, in memory and without allocating; <see cref="FigureWriter"/> adds it to the
/// day each minute, so that a kill loses a minute's. The same goes to whoever listens to the meter.
/// </summary>
public sealed class FigureTally
{
    /// <summary>The name of the site's meter.</summary>
    public const string Meter = "Marketplace";

    /// <summary>Parts of a figure: rules, reasons, buckets.</summary>
    private const int Parts = TimeBuckets.Count;

    private static readonly int Kinds = (int)Enum.GetValues<Figure>().Max() + 1;

    private readonly long[] counts = new long[Kinds * Parts];
    private readonly Histogram<double> delivery;
    private readonly Counter<long> findings;

    public FigureTally(IMeterFactory meters)
    {
        var meter = meters.Create(Meter);
        delivery = meter.CreateHistogram<double>(
            "marketplace.message.delivery.duration",
            "s",
            "From taking a message until every open page and program of this process has been handed it."
        );
        findings = meter.CreateCounter<long>(
            "marketplace.safety.findings",
            "{finding}",
            "What the rules of safety pointed out, and what people did."
        );
    }

    /// <summary>From the moment the server took a message until open pages and programs were handed it, stored.</summary>
    public void Delivered(TimeSpan time)
    {
        Add(Figure.Delivery, TimeBuckets.Of(time));
        delivery.Record(time.TotalSeconds);
    }

    /// <summary>A finding of a rule of safety, or what was answered to it.</summary>
    public void Found(Figure figure, int rule, string name)
    {
        Add(figure, rule);
        findings.Add(1, new("rule", name), new("answer", figure.ToString()));
    }

    /// <summary>Takes what was counted since the last time.</summary>
    internal IReadOnlyList<(Figure Figure, int Part, long Count)> Take()
    {
        var taken = new List<(Figure, int, long)>();
        for (var i = 0; i < counts.Length; i++)
            if (Interlocked.Exchange(ref counts[i], 0) is > 0 and var count)
                taken.Add(((Figure)(i / Parts), i % Parts, count));
        return taken;
    }

    internal void GiveBack(IEnumerable<(Figure Figure, int Part, long Count)> taken)
    {
        foreach (var (figure, part, count) in taken)
            Interlocked.Add(ref counts[Index(figure, part)], count);
    }

    private void Add(Figure figure, int part) => Interlocked.Increment(ref counts[Index(figure, part)]);

    private static int Index(Figure figure, int part) => ((int)figure * Parts) + Math.Clamp(part, 0, Parts - 1);
}
