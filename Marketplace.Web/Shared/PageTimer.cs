namespace Marketplace.Web.Shared;

/// <summary>
/// The one timer of an open page: it wakes when something that is shown relative to now changes. That is each midnight of the
/// reader, and whatever ends at a moment of its own. One per circuit.
/// </summary>
public sealed class PageTimer(ReaderClock reader, TimeProvider clock) : IDisposable
{
    private readonly Lock locked = new();
    private readonly List<Action> watching = [];
    private ITimer? timer;
    private DateTime due;

    /// <summary>Calls back at each change, on any thread, until what it gives is disposed.</summary>
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

    /// <summary>Something that is shown ends at this moment (UTC); null: never. Asked for anew with each drawing.</summary>
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
        // Not a moment too early: then nothing would have changed yet.
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
