namespace Marketplace.Tests.Support;

/// <summary>
/// A manual clock, also for timers of a minute or more. Shorter timers are the system's, because they wait for real
/// work.
/// </summary>
public sealed class HandClock : TimeProvider
{
    private readonly List<HandTimer> timers = [];
    private DateTimeOffset now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private long elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.FromMinutes(1))
            return base.CreateTimer(callback, state, dueTime, period);
        var timer = new HandTimer(this, callback, state, now + dueTime);
        lock (timers)
            timers.Add(timer);
        return timer;
    }

    public void Advance(TimeSpan time)
    {
        now += time;
        elapsed += time.Ticks;
        List<HandTimer> due;
        lock (timers)
            due = timers.FindAll(timer => timer.At <= now);
        foreach (var timer in due)
            timer.Ring();
    }

    public void Set(TimeSpan difference) => now += difference;

    private sealed class HandTimer(HandClock clock, TimerCallback callback, object? state, DateTimeOffset at) : ITimer
    {
        public DateTimeOffset At => at;

        public void Ring()
        {
            Dispose();
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException("Made anew instead.");

        public void Dispose()
        {
            lock (clock.timers)
                clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
