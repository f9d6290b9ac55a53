using Marketplace.Web.Outbox;

namespace Marketplace.Web.Notifications.Push;

/// <summary>How many devices of one push service, and of one person, are told at once: a slow one takes no more.</summary>
public sealed class PushLanes
{
    private const int OfHost = 24;
    private const int OfPerson = 4;

    private readonly Lock gate = new();
    private readonly Dictionary<string, int> taken = [];

    /// <summary>Null if there is no place now. Disposing it twice is safe.</summary>
    public IDisposable? TryEnter(string host, long personId)
    {
        var person = OutboxEntry.KeyOf(personId);
        lock (gate)
        {
            if (taken.GetValueOrDefault(host) >= OfHost || taken.GetValueOrDefault(person) >= OfPerson)
                return null;
            taken[host] = taken.GetValueOrDefault(host) + 1;
            taken[person] = taken.GetValueOrDefault(person) + 1;
        }
        return new Place(this, host, person);
    }

    private void Leave(string name)
    {
        if (--taken[name] == 0)
            taken.Remove(name);
    }

    private sealed class Place(PushLanes lanes, string host, string person) : IDisposable
    {
        private PushLanes? held = lanes;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref held, null) is not { } open)
                return;
            lock (open.gate)
            {
                open.Leave(host);
                open.Leave(person);
            }
        }
    }
}
