using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Rooms;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin;

/// <summary>
/// All rooms and people, for administrators only, and the record, which auditors read too. A look at a room is always
/// recorded and moves no read mark.
/// </summary>
public sealed class SupervisionService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    ChatService chat,
    Presence presence,
    AuditRecord record,
    ReaderClock reader,
    TimeProvider clock
)
{
    public const int Page = 25;

    /// <summary>The number of matching rooms that can be sorted within some milliseconds.</summary>
    public const int MaxMatches = 1_000;

    private const int MaxWords = 8;

    public async Task<Portion<RoomRowView>> RoomsAsync(
        RoomFilter filter,
        PageCursor? after = null,
        bool oldestFirst = false
    )
    {
        if (await currentUser.FindAdministratorAsync() is not { } administrator)
            return Portion<RoomRowView>.None;
        await SearchedAsync(administrator.Id, AuditAction.RoomsSearched, filter.Text, after is null);
        await using var db = await database.CreateDbContextAsync();
        var wanted = filter.Wanted(reader, clock.GetUtcNow().UtcDateTime);
        var counts = new Dictionary<NameWord, int>();
        foreach (var word in NameWord.Of(filter.Text, MaxWords))
            counts[word] = await RoomSearchQueries.SomeRooms(db, word, MaxMatches).CountAsync();
        Task<List<RoomRowView>> PageAsync(IReadOnlyCollection<NameWord> leading) =>
            RoomSearchQueries
                .AllRooms(db, wanted, [.. counts.Keys], leading, MaxMatches, after, oldestFirst, Page + 1)
                .ToListAsync();
        // Start from the rarest word if few rooms have it, and test the other words on those rooms only.
        if (counts.Values.Any(count => count < MaxMatches))
            return new(await PageAsync([counts.MinBy(count => count.Value).Key]), Page);
        // If all words are frequent, the most recent rooms usually fill the page.
        var nearest = await PageAsync([]);
        return new(counts.Count == 0 || nearest.Count > Page ? nearest : await PageAsync(counts.Keys), Page);
    }

    /// <summary>What the list shows of a room, to ask for a reason; null if there is none. Not a look.</summary>
    public async Task<RoomRowView?> FindRoomAsync(long roomId)
    {
        if (await currentUser.FindAdministratorAsync() is null)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return await RoomSearchQueries.Row(db, roomId).SingleOrDefaultAsync();
    }

    public async Task<Portion<PersonView>> PeopleAsync(string? name, long before = long.MaxValue)
    {
        if (await currentUser.FindAdministratorAsync() is not { } administrator)
            return Portion<PersonView>.None;
        await SearchedAsync(administrator.Id, AuditAction.PeopleSearched, name, before == long.MaxValue);
        await using var db = await database.CreateDbContextAsync();
        var words = NameWord.Of(name, MaxWords);
        return new(await AccountQueries.People(db, words, before, Page + 1).ToListAsync(), Page);
    }

    /// <summary>What became of a message and of the notice of it; null without such a message. A look, recorded.</summary>
    public async Task<DeliveryView?> DeliveryAsync(long roomId, long seq)
    {
        if (await currentUser.FindAdministratorAsync() is not { } administrator)
            return null;
        await record.WriteAsync(administrator.Id, new(AuditAction.DeliveryOpened, roomId, Seq: seq));
        await using var db = await database.CreateDbContextAsync();
        return await AdminQueries.Delivery(db, roomId, seq).SingleOrDefaultAsync() is { } row
            ? row.View(presence.SeenAt(row.ToId, row.SeenAt))
            : null;
    }

    /// <summary>Opens a room for an administrator. Loading it records the look and why before anything is read.</summary>
    public RoomSession Open(long roomId, Look look, Func<Func<Task>, Task> run) =>
        chat.Open(
            new AdministratorReader(
                currentUser,
                roomId,
                administratorId =>
                    record.WriteAsync(
                        administratorId,
                        new(AuditAction.RoomOpened, roomId) { Reason = look.Reason, Text = look.Text }
                    )
            ),
            run
        );

    // The words that were searched; further pages are part of it.
    private Task SearchedAsync(long administratorId, AuditAction action, string? text, bool isFirst) =>
        isFirst && !string.IsNullOrWhiteSpace(text)
            ? record.WriteAsync(administratorId, new(action) { Text = text })
            : Task.CompletedTask;
}
