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
    UnreadRepair repair,
    TimeProvider clock,
    ILogger<UnreadChecker> log
) : BackgroundService
{
    private const int Portion = 200;

    private static readonly TimeSpan Look = TimeSpan.FromHours(1);
    private static readonly TimeSpan Apart = TimeSpan.FromDays(1);

    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    /// <summary>A check that is silent for so long was killed.</summary>
    private static readonly TimeSpan Silent = 5 * Beat;

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    private CancellationToken stopping;

    /// <summary>Null while this process checks nothing.</summary>
    public UnreadProgress? Progress { get; private set; }

    /// <summary>Begins a check; false if one is running.</summary>
    public async Task<bool> BeginAsync(bool repairs)
    {
        if (await ClaimAsync(TimeSpan.Zero) is not { } id)
            return false;
        _ = TryAsync(id, repairs);
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
                if (await TryClaimAsync() is { } id)
                    await TryAsync(id, repairs: false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    // An exception here would stop the host.
    private async Task<long?> TryClaimAsync()
    {
        try
        {
            return await ClaimAsync(Apart);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            log.LogError("The unread counts are looked at in an hour: {Reason}", exception.Message);
            return null;
        }
    }

    // Null if one is running, here or on another node, or began less than this ago.
    private async Task<long?> ClaimAsync(TimeSpan apart)
    {
        var check = await transactions.InTransactionAsync(db => ClaimAsync(db, Now, apart), stopping);
        Progress = check is null ? Progress : new(0, 1, 0, 0, 0);
        return check?.Id;
    }

    private static async Task<UnreadCheck?> ClaimAsync(MarketplaceDbContext db, DateTime now, TimeSpan apart)
    {
        var last = await db.UnreadChecks.OrderByDescending(one => one.Id).FirstOrDefaultAsync();
        var isRunning = last is { EndedAt: null } && last.SeenAt > now - Silent;
        if (isRunning || last?.StartedAt > now - apart)
            return null;
        var mine = new UnreadCheck { StartedAt = now, SeenAt = now };
        db.UnreadChecks.Add(mine);
        return mine;
    }

    private async Task TryAsync(long id, bool repairs)
    {
        try
        {
            await CheckAsync(id, repairs);
        }
        catch (Exception exception)
        {
            if (!stopping.IsCancellationRequested)
                log.LogError(exception, "The unread counts could not be compared with the messages");
        }
        finally
        {
            Progress = null;
        }
    }

    private async Task CheckAsync(long id, bool repairs)
    {
        var (done, kept) = (new UnreadProgress(0, await LastRoomAsync(), 0, 0, 0), Now);
        while (await NextAsync(done, repairs) is { } next)
        {
            Progress = done = next;
            if (Now - kept >= Beat)
                await KeepAsync(id, done, kept = Now, ended: null);
            await Task.Delay(Rest, clock, stopping);
        }
        await KeepAsync(id, done, Now, ended: Now);
        if (done.Drifted > 0)
            log.LogError("{Drifted} of {Checked} unread counts were wrong", done.Drifted, done.Checked);
    }

    private async Task<long> LastRoomAsync()
    {
        await using var db = await database.CreateDbContextAsync(stopping);
        return await db.Rooms.OrderByDescending(room => room.Id).Select(room => room.Id).FirstOrDefaultAsync(stopping);
    }

    // What differs is compared again while nobody writes in the room: here, a message may have come in between.
    private async Task<UnreadProgress?> NextAsync(UnreadProgress done, bool repairs)
    {
        await using var db = await database.CreateDbContextAsync(stopping);
        var rooms = await UnreadQueries.Rooms(db, done.Room, Portion).ToListAsync(stopping);
        if (rooms is not [.., var last])
            return null;
        var members = await UnreadQueries.Members(db, done.Room, last).LongCountAsync(stopping);
        var differing = await UnreadQueries.Drifted(db, done.Room, last).ToListAsync(stopping);
        var wrong = 0;
        foreach (var room in differing.Select(one => one.RoomId).Distinct())
            wrong += await repair.CompareAsync(room, repairs, stopping);
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
