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

    /// <summary>As many rooms are gathered and sorted, or looked through, within some milliseconds.</summary>
    public const int Many = 1_000;

    /// <summary>More words than this narrow nothing.</summary>
    private const int MostWords = 8;

    /// <summary>A page of rooms whose listing or people match, the most recently active first.</summary>
    /// <param name="below">The last row of the page before.</param>
    public async Task<IReadOnlyList<RoomRowView>> RoomsAsync(string? text, (long LastMessageId, long Id)? below = null)
    {
        if (await currentUser.FindAdministratorAsync() is null)
            return [];
        var (place, id) = below ?? (long.MaxValue, long.MaxValue);
        await using var db = await database.CreateDbContextAsync();
        var counts = new Dictionary<string, int>();
        foreach (var word in Folding.Words(text ?? "").Take(MostWords))
            counts[word] = await RoomSearchQueries.SomeRooms(db, word, Many).CountAsync();
        Task<List<RoomRowView>> PageAsync(IReadOnlyCollection<string> leading) =>
            RoomSearchQueries.AllRooms(db, [.. counts.Keys], leading, Many, place, id, Page).ToListAsync();
        // A word that few rooms have leads to them, and the others are looked for in these only.
        if (counts.Values.Any(count => count < Many))
            return await PageAsync([counts.MinBy(count => count.Value).Key]);
        // What many have is mostly found among the newest.
        var newest = await PageAsync([]);
        return counts.Count == 0 || newest.Count == Page ? newest : await PageAsync(counts.Keys);
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

    /// <summary>A person's name; null if there is no such person.</summary>
    public async Task<string?> NameAsync(long personId)
    {
        if (await currentUser.FindAdministratorAsync() is null)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return await AccountQueries.State(db, personId).Select(state => state.DisplayName).SingleOrDefaultAsync();
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
