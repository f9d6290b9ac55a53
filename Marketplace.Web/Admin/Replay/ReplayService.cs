using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.Replay;

/// <summary>The past of a room that the administrator has opened, with a reason, in this session: it is the same look.</summary>
public sealed class ReplayService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    AuditRecord record
)
{
    /// <summary>How far back a line about the listing is looked for.</summary>
    private const int MaxBack = 5_000;

    /// <summary>Records it, then reads the room; null if it was not opened.</summary>
    public async Task<ReplayRoom?> OpenAsync(long roomId)
    {
        if (await EnterAsync(roomId) is not { } administrator)
            return null;
        await record.WriteAsync(administrator.Id, new(AuditAction.RoomReplayed, roomId));
        await using var db = await database.CreateDbContextAsync();
        return await RoomQueries.Supervised(db, roomId).SingleOrDefaultAsync() is { } room
            ? new(room, await RoomQueries.Seen(db, roomId).SingleOrDefaultAsync())
            : null;
    }

    /// <summary>The messages after a seq, with those before that are in sight; null without permission.</summary>
    public async Task<ReplayPart?> ReadAsync(long roomId, long after)
    {
        if (await EnterAsync(roomId) is null)
            return null;
        after = Math.Max(0, after);
        var above = Math.Max(0, after - ReplayWindow.Size);
        await using var db = await database.CreateDbContextAsync();
        var range = new MessageRange(After: above, Limit: (int)(after - above) + ReplayWindow.Size + 1);
        var messages = await MessageQueries.Messages(db, roomId, range).ToListAsync();
        var changed = messages.Where(IsChanged).Select(message => message.Seq).ToArray();
        var versions = changed.Length == 0 ? [] : await ReplayQueries.Versions(db, roomId, changed).ToListAsync();
        return new(after, messages, versions.ToLookup(version => version.Seq), await StateAsync(db, roomId, above));
    }

    /// <summary>Asked before each event is shown.</summary>
    public async Task<bool> MayGoOnAsync() => await currentUser.FindAdministratorAsync() is not null;

    private async Task<AccountState?> EnterAsync(long roomId) =>
        await currentUser.FindAdministratorAsync() is { } administrator
        && await record.HasOpenedAsync(administrator.Id, roomId)
            ? administrator
            : null;

    private static bool IsChanged(MessageView message) =>
        message is { EditedAt: not null } or { DeletedAt: not null } or { Masked: not null };

    private static async Task<ListingState?> StateAsync(MarketplaceDbContext db, long roomId, long upTo)
    {
        if (upTo == 0)
            return null;
        var kinds = await ReplayQueries.LastLine(db, roomId, upTo, upTo - MaxBack).Take(1).ToListAsync();
        return kinds is [var kind] ? ReplayLine.StateOf(kind) : null;
    }
}
