using Marketplace.Web.Accounts;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Chat.Search;
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
    ChatService chat,
    AuditRecord record
)
{
    public const int Page = 25;

    /// <summary>As many rooms are gathered and sorted, or looked through, within some milliseconds.</summary>
    public const int MaxMatches = 1_000;

    /// <summary>More words than this narrow nothing.</summary>
    private const int MaxWords = 8;

    /// <summary>A page of rooms whose listing or people match, in the order of their last activity.</summary>
    /// <param name="after">The last row of the page before.</param>
    public async Task<Portion<RoomRowView>> RoomsAsync(string? text, PageCursor? after = null, bool oldestFirst = false)
    {
        if (await currentUser.FindAdministratorAsync() is null)
            return Portion<RoomRowView>.None;
        await using var db = await database.CreateDbContextAsync();
        var counts = new Dictionary<NameWord, int>();
        foreach (var word in NameWord.Of(text, MaxWords))
            counts[word] = await RoomSearchQueries.SomeRooms(db, word, MaxMatches).CountAsync();
        Task<List<RoomRowView>> PageAsync(IReadOnlyCollection<NameWord> leading) =>
            RoomSearchQueries
                .AllRooms(db, [.. counts.Keys], leading, MaxMatches, after, oldestFirst, Page + 1)
                .ToListAsync();
        // A word that few rooms have leads to them, and the others are looked for in these only.
        if (counts.Values.Any(count => count < MaxMatches))
            return new(await PageAsync([counts.MinBy(count => count.Value).Key]), Page);
        // What many have is mostly found among the nearest.
        var nearest = await PageAsync([]);
        return new(counts.Count == 0 || nearest.Count > Page ? nearest : await PageAsync(counts.Keys), Page);
    }

    /// <summary>Whether there is such a room. No look: nothing of it is read.</summary>
    public async Task<bool> HasRoomAsync(long roomId)
    {
        if (await currentUser.FindAdministratorAsync() is null)
            return false;
        await using var db = await database.CreateDbContextAsync();
        return await db.Rooms.AnyAsync(room => room.Id == roomId);
    }

    /// <summary>A page of the record of what administrators did, newest first.</summary>
    public async Task<Portion<AuditView>> AuditAsync(long before = long.MaxValue)
    {
        if (await currentUser.FindAdministratorAsync() is null)
            return Portion<AuditView>.None;
        await using var db = await database.CreateDbContextAsync();
        return new(await AdminQueries.Audit(db, before, Page + 1).ToListAsync(), Page);
    }

    /// <summary>A page of people, the newest first.</summary>
    public async Task<Portion<PersonView>> PeopleAsync(string? name, long before = long.MaxValue)
    {
        if (await currentUser.FindAdministratorAsync() is null)
            return Portion<PersonView>.None;
        await using var db = await database.CreateDbContextAsync();
        var words = NameWord.Of(name, MaxWords);
        return new(await AccountQueries.People(db, words, before, Page + 1).ToListAsync(), Page);
    }

    /// <summary>A room on an administrator's screen. Recorded when it loads, before anything of it is read.</summary>
    public RoomSession Open(long roomId, Func<Func<Task>, Task> run) =>
        chat.Open(
            new AdministratorReader(
                currentUser,
                roomId,
                administratorId => record.WriteAsync(administratorId, AuditAction.RoomOpened, roomId)
            ),
            run
        );
}
