namespace Marketplace.Web.Shared;

/// <summary>One per circuit; fires at the reader's midnight and at the earliest <see cref="EndsAt"/>.</summary>
public sealed class PageTimer(ReaderClock reader, TimeProvider clock) : IDisposable
{
    private readonly Lock locked = new();
    private readonly List<Action> watching = [];
    private ITimer? timer;
    private DateTime due;

    /// <summary>Calls back at each change, on any thread, until the result is disposed.</summary>
    public IDisposable Watch(Action changed)
    {
        lock (locked)
        {
            watching.Add(changed);
            if (timer is null)
                Set(Midnight());
        }
        return new Watching(this, changed);
    }

    /// <summary>Requests a wake-up at a moment (UTC); null is ignored. Repeat it after each wake-up.</summary>
    public void EndsAt(DateTime? moment)
    {
        lock (locked)
            if (timer is not null && moment < due && moment > clock.GetUtcNow().UtcDateTime)
                Set(moment.Value);
    }

    public void Dispose()
    {
        lock (locked)
        {
            watching.Clear();
            timer?.Dispose();
            timer = null;
        }
    }

    private DateTime Midnight() => reader.Begins(reader.Today.AddDays(1));

    private void Set(DateTime moment)
    {
        due = moment;
        // Slightly late, because an early timer would find nothing changed.
        var wait = moment - clock.GetUtcNow().UtcDateTime + TimeSpan.FromMilliseconds(20);
        timer?.Dispose();
        timer = clock.CreateTimer(_ => Wake(), null, wait, Timeout.InfiniteTimeSpan);
    }

    private void Wake()
    {
        Action[] all;
        lock (locked)
        {
            if (timer is null)
                return;
            Set(Midnight());
            all = [.. watching];
        }
        foreach (var changed in all)
            changed();
    }

    private sealed class Watching(PageTimer page, Action changed) : IDisposable
    {
        public void Dispose()
        {
            lock (page.locked)
                page.watching.Remove(changed);
        }
    }
}
