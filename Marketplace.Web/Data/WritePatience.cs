namespace Marketplace.Web.Data;

/// <summary>How long a write is tried again: for half a minute, with longer and longer rests.</summary>
public sealed class WritePatience(TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    // Bounded by their number too, for a clock that stands.
    private static readonly int[] Rests = [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000, 5_000, 5_000, 5_000];

    private readonly long began = clock.GetTimestamp();
    private int rested;

    /// <summary>Rests; false if it was tried for long enough. The rest varies, so that two do not meet again.</summary>
    public async Task<bool> RestAsync(CancellationToken cancellation = default)
    {
        if (rested == Rests.Length || clock.GetElapsedTime(began) >= Limit)
            return false;
        await Task.Delay(
            TimeSpan.FromMilliseconds(Rests[rested++] * (0.75 + Random.Shared.NextDouble() / 2)),
            clock,
            cancellation
        );
        return true;
    }
}
