using System.Collections.Concurrent;
using Marketplace.Web.Data;
using Marketplace.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>A session is a live page or a hub connection. Last-seen times are stored in batches after people leave,
/// so being connected costs no writes.</summary>
public sealed class Presence(
    Broadcaster broadcaster,
    WriteTransactions transactions,
    TimeProvider clock,
    ILogger<Presence> log
) : BackgroundService
{
    /// <summary>Page changes and short network losses reconnect within this.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Dictionary<long, int> sessions = [];

    /// <summary>When the last session of who is online began.</summary>
    private readonly Dictionary<long, DateTime> came = [];
    private readonly Dictionary<long, DateTime> leaving = [];
    private readonly ConcurrentDictionary<long, DateTime> left = new();

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
            return sessions.ContainsKey(userId) || leaving.ContainsKey(userId);
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
                : left.TryGetValue(userId, out var lately) ? lately
                : written;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var rounds = new PeriodicTimer(Round, clock);
        try
        {
            while (await rounds.WaitForNextTickAsync(stoppingToken))
                await LeaveAsync(Now - Grace);
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
