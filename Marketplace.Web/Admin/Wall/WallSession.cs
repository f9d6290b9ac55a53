using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Realtime;

namespace Marketplace.Web.Admin.Wall;

/// <summary>
/// One administrator's wall. A room is recorded before it is shown. The rooms stand still for some seconds, so that they
/// can be read and the record is written in few transactions; what is said in them shows with each read.
/// </summary>
/// <param name="run">The page's dispatcher; everything runs on it, so nothing is locked.</param>
public sealed class WallSession(
    WallFeed feed,
    CurrentUser currentUser,
    AuditRecord record,
    Broadcaster broadcaster,
    TimeProvider clock,
    Look look,
    Func<Func<Task>, Task> run
) : IDisposable
{
    /// <summary>In milliseconds.</summary>
    public const int Still = 5_000;

    private readonly LiveSubscription live = new();
    private readonly WallVisit visit = new(look);
    private IDisposable? watching;
    private WallRead latest = WallRead.None;
    private long? movedAt;

    public IReadOnlyList<WallTile> Tiles { get; private set; } = [];

    /// <summary>The role was lost: nothing is shown any more.</summary>
    public bool IsOver { get; private set; }

    public WallOrder Order { get; private set; }

    /// <summary>Listens, records the visit and its first rooms, and shows them.</summary>
    public async Task<bool> LoadAsync(WallOrder order)
    {
        if (await EnterAsync() is not { } administrator)
            return false;
        watching = feed.Watch();
        live.Hold(
            broadcaster.Subscribe(
                [WallFeed.Walls, AccountTopics.Account(administrator.Id)],
                told => run(() => live.ReceiveAsync(() => ReceiveAsync(told)))
            )
        );
        if (live.IsDisposed)
            watching.Dispose();
        latest = await feed.ReadAsync();
        await MoveAsync(administrator, order);
        live.Loaded();
        return true;
    }

    public async Task SortAsync(WallOrder order)
    {
        if (order != Order && await EnterAsync() is { } administrator)
            await MoveAsync(administrator, order);
    }

    public void Dispose()
    {
        live.Dispose();
        watching?.Dispose();
    }

    private async Task ReceiveAsync(object told)
    {
        if (await EnterAsync() is not { } administrator || told is not WallRead read || read.Number < latest.Number)
            return;
        latest = read;
        Renew();
        if (movedAt is { } at && clock.GetElapsedTime(at) < TimeSpan.FromMilliseconds(Still))
            return;
        var before = Tiles;
        await MoveAsync(administrator, Order);
        if (Tiles != before)
            movedAt = clock.GetTimestamp();
    }

    // An account that lost its role gets nothing, and what it had goes.
    private async Task<AccountState?> EnterAsync()
    {
        if (!IsOver && await currentUser.FindAdministratorAsync() is { } administrator)
            return administrator;
        (IsOver, Tiles) = (true, []);
        Dispose();
        return null;
    }

    private async Task MoveAsync(AccountState administrator, WallOrder order)
    {
        var wanted = latest.In(order);
        if (visit.Before(wanted) is { Count: > 0 } deeds)
            await record.WriteAllAsync(administrator.Id, deeds);
        visit.Recorded(wanted);
        if (!Tiles.SequenceEqual(wanted))
            Tiles = wanted;
        Order = order;
    }

    private void Renew()
    {
        var read = latest.Newest.Concat(latest.Riskiest).DistinctBy(tile => tile.Room.Id).ToDictionary(t => t.Room.Id);
        if (
            Tiles.Select(tile => read.GetValueOrDefault(tile.Room.Id, tile)).ToList() is var tiles
            && !tiles.SequenceEqual(Tiles)
        )
            Tiles = tiles;
    }
}
