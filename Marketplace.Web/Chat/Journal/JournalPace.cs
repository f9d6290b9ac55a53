namespace Marketplace.Web.Chat.Journal;

/// <summary>The minimum time between the starts of two commits. Zero at ordinary rates; above them, a shared commit
/// saves 14 % of a message's CPU at 1,000 messages a second (bench/history/2026-11.md).</summary>
public sealed class JournalPace
{
    /// <summary>Messages per millisecond up to which a core can commit each one separately.</summary>
    private const double Quiet = 0.6;

    /// <summary>Milliseconds for each message per millisecond above that: 8 ms at 1,000 a second.</summary>
    private const double Slope = 20;

    /// <summary>Beyond this, a commit's share of a message's cost is small.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan Memory = TimeSpan.FromMilliseconds(200);

    private double rate;

    public TimeSpan Between { get; private set; } = TimeSpan.Zero;

    public void Note(int entries, TimeSpan since)
    {
        var milliseconds = Math.Max(since.TotalMilliseconds, 0.01);
        var kept = Math.Exp(-milliseconds / Memory.TotalMilliseconds);
        rate = rate * kept + entries / milliseconds * (1 - kept);
        var wait = TimeSpan.FromMilliseconds((rate - Quiet) * Slope);
        Between =
            wait < TimeSpan.Zero ? TimeSpan.Zero
            : wait > MaxWait ? MaxWait
            : wait;
    }
}
