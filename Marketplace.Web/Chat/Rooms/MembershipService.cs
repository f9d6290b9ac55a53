using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Realtime;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Marketplace.Web.Chat.Rooms;

/// <summary>Changes the current user's own side of a room. Methods return false for a
/// non-member, and for who changes too much (<see cref="ChatPace"/>).</summary>
public sealed class MembershipService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    Broadcaster broadcaster,
    ChatLimits limits,
    TimeProvider clock
)
{
    public Task<bool> PinAsync(long roomId, bool pinned) =>
        ChangeAsync(roomId, set => set.SetProperty(mine => mine.IsPinned, pinned));

    public Task<bool> ArchiveAsync(long roomId, bool archived) =>
        ChangeAsync(roomId, set => set.SetProperty(mine => mine.ArchivedSortKey, mine => archived ? mine.SortKey : 0));

    /// <summary>Mutes the room for this time; null mutes it indefinitely, zero unmutes it.</summary>
    public Task<bool> MuteAsync(long roomId, TimeSpan? time)
    {
        DateTime? until = time switch
        {
            null => DateTime.MaxValue.AddDays(-1),
            { Ticks: <= 0 } => null,
            { } some => clock.GetUtcNow().UtcDateTime + some,
        };
        return ChangeAsync(roomId, set => set.SetProperty(mine => mine.MutedUntil, until));
    }

    /// <summary>Marks the room as unread until it is opened. Changes no receipt.</summary>
    public Task<bool> MarkUnreadAsync(long roomId) =>
        ChangeAsync(roomId, set => set.SetProperty(mine => mine.IsMarked, true));

    public Task<bool> KeepDraftAsync(long roomId, string? text)
    {
        var draft = string.IsNullOrWhiteSpace(text) ? null : VisibleText.Begin(text, Membership.MaxDraftLength);
        return ChangeAsync(roomId, set => set.SetProperty(mine => mine.Draft, draft));
    }

    public async Task<string?> DraftAsync(long roomId)
    {
        if (await currentUser.FindAsync() is not { } me)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return await RoomQueries.Draft(db, me.Id, roomId).SingleOrDefaultAsync();
    }

    private async Task<bool> ChangeAsync(long roomId, Action<UpdateSettersBuilder<Membership>> change)
    {
        if (await currentUser.FindAsync() is not { } me || limits.AskToChange(me.Id) is not null)
            return false;
        var (before, after) = await transactions.InTransactionAsync(async db =>
        {
            var mine = RoomQueries.Membership(db, me.Id, roomId);
            if (await mine.SingleOrDefaultAsync() is not { } before)
                return default;
            await db
                .Memberships.Where(mine => mine.UserId == me.Id && mine.RoomId == roomId)
                .ExecuteUpdateAsync(change);
            return (before, await mine.SingleAsync());
        });
        // A draft is stored every few words, but lists show only its beginning.
        if (before != after)
            broadcaster.Publish(ChatTopics.Person(me.Id), after);
        return before is not null;
    }
}
