using Marketplace.Web.Accounts;
using Marketplace.Web.Chat;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin;

/// <summary>
/// Every room, for the administrator whose circuit or request this is; nothing at all for anybody else. Looking moves no
/// read marker and is always recorded.
/// </summary>
public sealed class SupervisionService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    OpenRooms rooms,
    AuditRecord record
)
{
    public const int Page = 50;

    /// <summary>A page of rooms whose listing or people match, the most recently active first.</summary>
    /// <param name="below">The last row of the page before.</param>
    public async Task<IReadOnlyList<RoomRowView>> RoomsAsync(string? text, (long LastMessageId, long Id)? below = null)
    {
        if (await currentUser.FindAdministratorAsync() is null)
            return [];
        var (place, id) = below ?? (long.MaxValue, long.MaxValue);
        await using var db = await database.CreateDbContextAsync();
        return await ChatQueries.AllRooms(db, Folding.Words(text ?? ""), place, id, Page).ToListAsync();
    }

    /// <summary>A page of the record of what administrators did, newest first.</summary>
    public async Task<IReadOnlyList<AuditView>> AuditAsync(long before = long.MaxValue)
    {
        if (await currentUser.FindAdministratorAsync() is null)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await AdminQueries.Audit(db, before, Page).ToListAsync();
    }

    /// <summary>A page of people, the newest first.</summary>
    public async Task<IReadOnlyList<PersonView>> PeopleAsync(string? name, long before = long.MaxValue)
    {
        if (await currentUser.FindAdministratorAsync() is null)
            return [];
        await using var db = await database.CreateDbContextAsync();
        return await AccountQueries.People(db, Folding.Fold(name ?? "").Trim(), before, Page).ToListAsync();
    }

    /// <summary>A room on an administrator's screen. Recorded when it loads, before anything of it is read.</summary>
    public OpenRoom Open(long roomId, Func<Func<Task>, Task> run)
    {
        var recorded = false;
        return rooms.Open(
            roomId,
            async () =>
            {
                if (await currentUser.FindAdministratorAsync() is not { } administrator)
                    return null;
                if (!recorded)
                    await record.WriteAsync(administrator.Id, AuditAction.RoomOpened, roomId);
                recorded = true;
                return new RoomAccess(
                    null,
                    ChatTopics.Room(roomId),
                    db => ChatQueries.SupervisedSeat(db, roomId),
                    db => ChatQueries.Supervised(db, roomId)
                );
            },
            run
        );
    }
}
