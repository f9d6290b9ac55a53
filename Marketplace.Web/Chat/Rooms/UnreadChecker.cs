using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>How far a check of this process is.</summary>
/// <param name="Room">The id of the last room that was compared.</param>
/// <param name="LastRoom">The last one there was when it began.</param>
public sealed record UnreadProgress(long Room, long LastRoom, long Checked, long Drifted, long Repaired);

/// <summary>
/// Compares the unread count of every membership with the messages, once a day and when somebody asks for it: a portion
/// of rooms at a time, so that nobody waits for it. One node does it, and the outcome is kept.
/// </summary>
public sealed class UnreadChecker(
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    JobLeases leases,
    UnreadRepair repair,
    TimeProvider clock,
    ILogger<UnreadChecker> log
) : BackgroundService
{
    private const string Job = "unread check";

    private const int Portion = 200;

    private static readonly TimeSpan Look = TimeSpan.FromHours(1);
    private static readonly TimeSpan Apart = TimeSpan.FromDays(1);

    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    private CancellationToken stopping;

    /// <summary>Null while this process checks nothing.</summary>
    public UnreadProgress? Progress { get; private set; }

    /// <summary>Begins a check; false if one is running.</summary>
    public async Task<bool> BeginAsync(bool repairs)
    {
        if (await leases.TryHoldAsync(Job, stopping) is not { } lease)
            return false;
        _ = TryAsync(lease, repairs);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        stopping = stoppingToken;
        try
        {
            while (true)
            {
                await Task.Delay(Look, clock, stoppingToken);
                await LookAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    private async Task LookAsync()
    {
        try
        {
            if (!await IsDueAsync())
                return;
            await using var lease = await leases.TryHoldAsync(Job, stopping);
            // Another node may have just done it.
            if (lease is not null && await IsDueAsync())
                await TryAsync(lease, repairs: false);
        }
        // Looked again in an hour; an exception here would stop the host.
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            log.LogError("The unread counts are looked at in an hour: {Reason}", exception.Message);
        }
    }

    // One that did not end was broken off, unless its node has the lease.
    private async Task<bool> IsDueAsync()
    {
        await using var db = await database.CreateDbContextAsync(stopping);
        var last = await db.UnreadChecks.OrderByDescending(one => one.Id).FirstOrDefaultAsync(stopping);
        return last is null or { EndedAt: null } || last.StartedAt <= Now - Apart;
    }

    private async Task TryAsync(JobLease lease, bool repairs)
    {
        Progress = new(0, 1, 0, 0, 0);
        try
        {
            await CheckAsync(repairs, lease.Ends);
        }
        catch (Exception exception)
        {
            if (!stopping.IsCancellationRequested)
                log.LogError(exception, "The unread counts could not be compared with the messages");
        }
        finally
        {
            await lease.DisposeAsync();
            Progress = null;
        }
    }

    private async Task CheckAsync(bool repairs, CancellationToken ends)
    {
        var id = await transactions.InTransactionAsync(BeginAsync, ends);
        var (done, kept) = (new UnreadProgress(0, await LastRoomAsync(), 0, 0, 0), Now);
        while (await NextAsync(done, repairs, ends) is { } next)
        {
            Progress = done = next;
            if (Now - kept >= Beat)
                await KeepAsync(id, done, kept = Now, ended: null);
            await Task.Delay(Rest, clock, ends);
        }
        await KeepAsync(id, done, Now, ended: Now);
        if (done.Drifted > 0)
            log.LogError("{Drifted} of {Checked} unread counts were wrong", done.Drifted, done.Checked);
    }

    private async Task<long> BeginAsync(MarketplaceDbContext db)
    {
        var mine = new UnreadCheck { StartedAt = Now, SeenAt = Now };
        db.UnreadChecks.Add(mine);
        await db.SaveChangesAsync();
        return mine.Id;
    }

    private async Task<long> LastRoomAsync()
    {
        await using var db = await database.CreateDbContextAsync(stopping);
        return await db.Rooms.OrderByDescending(room => room.Id).Select(room => room.Id).FirstOrDefaultAsync(stopping);
    }

    // What differs is compared again while nobody writes in the room: here, a message may have come in between.
    private async Task<UnreadProgress?> NextAsync(UnreadProgress done, bool repairs, CancellationToken ends)
    {
        await using var db = await database.CreateDbContextAsync(ends);
        var rooms = await UnreadQueries.Rooms(db, done.Room, Portion).ToListAsync(ends);
        if (rooms is not [.., var last])
            return null;
        var members = await UnreadQueries.Members(db, done.Room, last).LongCountAsync(ends);
        var differing = await UnreadQueries.Drifted(db, done.Room, last).ToListAsync(ends);
        var wrong = 0;
        foreach (var room in differing.Select(one => one.RoomId).Distinct())
            wrong += await repair.CompareAsync(room, repairs, ends);
        return new(
            last,
            Math.Max(last, done.LastRoom),
            done.Checked + members,
            done.Drifted + wrong,
            done.Repaired + (repairs ? wrong : 0)
        );
    }

    private Task<int> KeepAsync(long id, UnreadProgress done, DateTime now, DateTime? ended) =>
        transactions.InTransactionAsync(
            db =>
                db.UnreadChecks.Where(check => check.Id == id)
                    .ExecuteUpdateAsync(check =>
                        check
                            .SetProperty(c => c.SeenAt, now)
                            .SetProperty(c => c.EndedAt, ended)
                            .SetProperty(c => c.Checked, done.Checked)
                            .SetProperty(c => c.Drifted, done.Drifted)
                            .SetProperty(c => c.Repaired, done.Repaired)
                    ),
            stopping
        );

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
