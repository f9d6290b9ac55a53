using Marketplace.Web.Data;
using Marketplace.Web.Files;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>Holds rooms and lets them go, in the caller's transaction; whoever purges asks <see cref="RoomQueries.Purgeable"/> first.</summary>
public sealed class RoomHolds : IKeptFiles
{
    /// <summary>False if it is held already.</summary>
    internal static async Task<bool> HoldAsync(MarketplaceDbContext db, RoomHold hold)
    {
        if (await db.RoomHolds.AnyAsync(one => one.RoomId == hold.RoomId))
            return false;
        db.RoomHolds.Add(hold);
        await db.SaveChangesAsync();
        return true;
    }

    /// <summary>False if it is not held.</summary>
    internal static async Task<bool> LiftAsync(MarketplaceDbContext db, long roomId) =>
        await db.RoomHolds.Where(hold => hold.RoomId == roomId).ExecuteDeleteAsync() > 0;

    /// <summary>Pictures of held rooms, also of messages that were deleted, and of the listings as they were seen there.</summary>
    public async Task<IReadOnlySet<Guid>> AmongAsync(
        MarketplaceDbContext db,
        IReadOnlyList<UnownedFile> files,
        CancellationToken cancellation
    )
    {
        if (files.Count == 0)
            return new HashSet<Guid>();
        var held = await (
            from hold in db.RoomHolds
            join room in db.Rooms on hold.RoomId equals room.Id
            select new { room.Id, room.Snapshot }
        ).ToListAsync(cancellation);
        var rooms = held.Select(room => (long?)room.Id).ToHashSet();
        var seen = held.SelectMany(room => ListingSnapshot.Of(room.Snapshot)?.Photos ?? []).ToHashSet();
        return files
            .Where(file => rooms.Contains(file.Scope) || seen.Contains(file.Name))
            .Select(f => f.Name)
            .ToHashSet();
    }
}
