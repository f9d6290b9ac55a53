namespace Marketplace.Tests.Support;

/// <summary>A clock that is moved by hand; its timers are the system's.</summary>
public sealed class HandClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private long elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => elapsed;

    public void Advance(TimeSpan time)
    {
        now += time;
        elapsed += time.Ticks;
    }

    /// <summary>Somebody sets the clock of the machine; elapsed time does not notice.</summary>
    public void Set(TimeSpan difference) => now += difference;
}
