namespace Marketplace.Web.Chat.Journal;

/// <summary>
/// How long the journal waits for company between the beginnings of two commits. At the rates of ordinary days nobody
/// waits: a message alone is committed at once. Above them a shared commit is worth some milliseconds: it saves 14 % of a
/// message's CPU at a thousand a second (bench/history/2026-11.md). Pure: time is told to it.
/// </summary>
public sealed class JournalPace
{
    /// <summary>In messages per millisecond: up to here a core has time for a commit each.</summary>
    private const double Quiet = 0.6;

    /// <summary>Milliseconds for each message per millisecond above that: 8 ms at a thousand a second.</summary>
    private const double Slope = 20;

    /// <summary>Beyond this the share of a commit in a message's cost is small.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(10);

    /// <summary>How soon what was is forgotten.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMilliseconds(200);

    private double rate;

    /// <summary>From the beginning of the last commit to that of the next.</summary>
    public TimeSpan Between { get; private set; } = TimeSpan.Zero;

    /// <summary>Notes that so many entries came since the beginning of the last commit.</summary>
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
