using System.Collections.Concurrent;
using Marketplace.Web.Data;
using Marketplace.Web.Realtime;
using Marketplace.Web.Realtime.Relay;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>A session is a live page or a hub connection. Last-seen times are stored in batches after people leave,
/// so being connected costs no writes. Nodes tell each other who is here when it changes, and all again now and then.</summary>
public sealed class Presence : BackgroundService
{
    /// <summary>Page changes and short network losses reconnect within this.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    /// <summary>All who are here are told to the other nodes each so many rounds, and believed for twice that.</summary>
    private const int RoundsToRepeat = 8;

    private const int MaxPart = 200;

    private readonly Broadcaster broadcaster;
    private readonly RelayState relay;
    private readonly WriteTransactions transactions;
    private readonly TimeProvider clock;
    private readonly ILogger<Presence> log;
    private readonly ConcurrentDictionary<long, Stay> elsewhere = new();
    private readonly Lock gate = new();
    private readonly Dictionary<long, int> sessions = [];

    /// <summary>When the last session of who is online began.</summary>
    private readonly Dictionary<long, DateTime> came = [];
    private readonly Dictionary<long, DateTime> leaving = [];
    private readonly ConcurrentDictionary<long, DateTime> left = new();

    public Presence(
        Broadcaster broadcaster,
        RelayState relay,
        WriteTransactions transactions,
        TimeProvider clock,
        ILogger<Presence> log
    )
    {
        (this.broadcaster, this.relay) = (broadcaster, relay);
        (this.transactions, this.clock, this.log) = (transactions, clock, log);
        broadcaster.Before<PresenceChanged>(Hear);
        broadcaster.Before<PresenceHeld>(held =>
        {
            foreach (var person in held.People)
                Hear(person);
        });
    }

    /// <summary>Somebody on another node, who is believed to be there until told otherwise or this time.</summary>
    private readonly record struct Stay(DateTime Came, DateTime Until);

    /// <summary>Opens a session; disposing it twice is safe.</summary>
    public IDisposable Enter(long userId)
    {
        bool isNew;
        lock (gate)
        {
            var before = sessions.GetValueOrDefault(userId);
            sessions[userId] = before + 1;
            came[userId] = Now;
            isNew = !leaving.Remove(userId) && before == 0;
        }
        if (isNew)
            broadcaster.Publish(ChatTopics.Presence(userId), new PresenceChanged(userId, IsOnline: true, Now));
        return new Session(this, userId);
    }

    public bool IsOnline(long userId)
    {
        lock (gate)
            return sessions.ContainsKey(userId) || leaving.ContainsKey(userId) || elsewhere.ContainsKey(userId);
    }

    public DateTime? SeenAt(long userId, DateTime? written) =>
        IsOnline(userId) ? Now
        : left.TryGetValue(userId, out var lately) ? lately
        : written;

    /// <summary>When the person last opened a page or left: one that stands open proves nothing.</summary>
    /// <param name="written">What the database knows.</param>
    public DateTime? CameAt(long userId, DateTime? written)
    {
        lock (gate)
            return came.TryGetValue(userId, out var at) ? at
                : elsewhere.TryGetValue(userId, out var stay) ? stay.Came
                : left.TryGetValue(userId, out var lately) ? lately
                : written;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var rounds = new PeriodicTimer(Round, clock);
        try
        {
            for (var round = 0; await rounds.WaitForNextTickAsync(stoppingToken); round++)
            {
                await LeaveAsync(Now - Grace);
                if (relay.IsOn)
                    Exchange(round % RoundsToRepeat == 0);
            }
        }
        catch (OperationCanceledException)
        {
            lock (gate)
                foreach (var userId in sessions.Keys)
                    leaving.TryAdd(userId, Now);
            await LeaveAsync(DateTime.MaxValue);
        }
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    // Own events come by here too, and change nothing: who is here is here.
    private void Hear(PresenceChanged changed)
    {
        if (!relay.IsOn)
            return;
        if (changed.IsOnline)
            elsewhere[changed.UserId] = new(changed.At, Now + 2 * RoundsToRepeat * Round);
        else if (elsewhere.TryRemove(changed.UserId, out _) && Came(changed.UserId) is { } at)
            // Left another node, but has a page open on this one.
            broadcaster.Publish(
                ChatTopics.Presence(changed.UserId),
                new PresenceChanged(changed.UserId, IsOnline: true, at)
            );
    }

    // A node that stops has sessions still, and counts them no longer.
    private DateTime? Came(long userId)
    {
        lock (gate)
            return sessions.ContainsKey(userId) && came.TryGetValue(userId, out var at) ? at : null;
    }

    // The node of who stays away without a word was killed.
    private void Exchange(bool tellAll)
    {
        foreach (var (userId, stay) in elsewhere.Where(entry => entry.Value.Until < Now))
            if (elsewhere.TryRemove(KeyValuePair.Create(userId, stay)))
                lock (gate)
                    if (!sessions.ContainsKey(userId))
                        leaving.TryAdd(userId, Now);
        if (!tellAll)
            return;
        List<PresenceChanged> here;
        lock (gate)
            here = [.. came.Select(entry => new PresenceChanged(entry.Key, IsOnline: true, entry.Value))];
        foreach (var part in here.Chunk(MaxPart))
            broadcaster.Publish(ChatTopics.Presence(0), new PresenceHeld(part));
    }

    private void Leave(long userId)
    {
        lock (gate)
        {
            if (--sessions[userId] > 0)
                return;
            sessions.Remove(userId);
            leaving[userId] = Now;
        }
    }

    private async Task LeaveAsync(DateTime until)
    {
        foreach (var (userId, at) in Gone(until))
        {
            left[userId] = at;
            broadcaster.Publish(ChatTopics.Presence(userId), new PresenceChanged(userId, IsOnline: false, at));
        }
        if (left.IsEmpty)
            return;
        try
        {
            var stored = left.ToArray();
            await transactions.InTransactionAsync(db => StoreAsync(db, stored));
            foreach (var entry in stored)
                left.TryRemove(entry);
        }
        // Retried in the next round; an exception here would stop the host.
        catch (Exception exception)
        {
            log.LogWarning("Who was seen when is written in the next round: {Reason}", exception.Message);
        }
    }

    private List<KeyValuePair<long, DateTime>> Gone(DateTime until)
    {
        lock (gate)
        {
            var gone = leaving.Where(entry => entry.Value <= until).ToList();
            foreach (var (userId, at) in gone)
            {
                leaving.Remove(userId);
                came.Remove(userId);
            }
            return gone;
        }
    }

    private static async Task<int> StoreAsync(MarketplaceDbContext db, KeyValuePair<long, DateTime>[] entries)
    {
        var people = entries.Select(entry => entry.Key).ToArray();
        var known = await db
            .LastSeen.Where(seen => people.Contains(seen.UserId))
            .ToDictionaryAsync(seen => seen.UserId);
        foreach (var (userId, at) in entries)
            if (known.TryGetValue(userId, out var seen))
                seen.At = at > seen.At ? at : seen.At;
            else
                db.LastSeen.Add(new LastSeen { UserId = userId, At = at });
        return entries.Length;
    }

    private sealed class Session(Presence presence, long userId) : IDisposable
    {
        private Presence? open = presence;

        public void Dispose() => Interlocked.Exchange(ref open, null)?.Leave(userId);
    }
}
