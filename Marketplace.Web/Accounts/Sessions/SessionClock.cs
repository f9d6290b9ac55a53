using System.Collections.Concurrent;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Accounts.Sessions;

public sealed class LiveSession(Guid id, bool isKept, DateTime seenAt, DateTime endsAt, DateTime provedAt)
{
    public Guid Id => id;
    public bool IsKept => isKept;
    public DateTime EndsAt => endsAt;
    public DateTime ProvedAt => provedAt;

    /// <summary>Written by many threads without a lock; any of concurrent values is accurate enough.</summary>
    public DateTime SeenAt { get; set; } = seenAt;
}

/// <summary>Decides whether a session is valid. Writes uses once a minute, so that requests write nothing.</summary>
public sealed class SessionClock(
    SessionSettings settings,
    WriteTransactions transactions,
    TimeProvider clock,
    ILogger<SessionClock> log
) : BackgroundService
{
    public static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);

    /// <summary>An expired session is not valid anyway: its row may stay for an hour.</summary>
    private const int RoundsToSweep = 60;

    private readonly ConcurrentDictionary<Guid, DateTime> used = new();

    public bool IsValid(LiveSession session) => Now < settings.ExpiryOf(session.IsKept, session.SeenAt, session.EndsAt);

    public bool IsProved(LiveSession session) => Now - session.ProvedAt < settings.Proof;

    public void Note(LiveSession session)
    {
        if (Now - session.SeenAt >= Grain)
            used[session.Id] = session.SeenAt = Now;
    }

    /// <summary>Creates the cached session of a row, including a use that is not written yet.</summary>
    internal LiveSession Of(SignInSession session)
    {
        var seenAt = used.TryGetValue(session.Id, out var lately) ? lately : session.SeenAt;
        return new(session.Id, session.IsKept, seenAt, session.EndsAt, session.ProvedAt);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var rounds = new PeriodicTimer(Grain, clock);
        try
        {
            for (var round = 1; await rounds.WaitForNextTickAsync(stoppingToken); round++)
            {
                await WriteAsync();
                if (round % RoundsToSweep == 0)
                    await SweepAsync();
            }
        }
        catch (OperationCanceledException)
        {
            await WriteAsync();
        }
    }

    internal async Task WriteAsync()
    {
        var noted = used.ToArray();
        if (noted.Length == 0 || !await TryAsync(db => WriteAsync(db, noted)))
            return;
        foreach (var one in noted)
            used.TryRemove(one);
    }

    internal Task<bool> SweepAsync() => TryAsync(db => Over(db).ExecuteDeleteAsync());

    private static async Task<int> WriteAsync(MarketplaceDbContext db, KeyValuePair<Guid, DateTime>[] noted)
    {
        foreach (var (id, at) in noted)
            await db
                .Sessions.Where(s => s.Id == id && s.SeenAt < at)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, at));
        return noted.Length;
    }

    // A full disk or a lost database must not end the background service, and with it the site.
    private async Task<bool> TryAsync(Func<MarketplaceDbContext, Task<int>> work)
    {
        try
        {
            await transactions.InTransactionAsync(work);
            return true;
        }
        catch (Exception exception)
        {
            log.LogWarning("The use of sessions is written in the next round: {Reason}", exception.Message);
            return false;
        }
    }

    private IQueryable<SignInSession> Over(MarketplaceDbContext db)
    {
        var (now, kept, others) = (Now, Now - settings.Kept, Now - settings.Idle);
        return db.Sessions.Where(s => s.EndsAt <= now || s.SeenAt < (s.IsKept ? kept : others));
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
