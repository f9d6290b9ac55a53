using Marketplace.Web.Accounts;
using Marketplace.Web.Accounts.Closing;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin.Evidence;

/// <summary>Legal holds, by administrators. Each is recorded, or not done; the two who talk there never learn of it.</summary>
public sealed class RoomHoldService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    AuditRecord record,
    TimeProvider clock,
    IStringLocalizer<TranscriptTexts> texts,
    IStringLocalizer<AdminTexts> admin
)
{
    /// <summary>Null if the room is not held.</summary>
    public async Task<RoomHoldView?> FindAsync(long roomId)
    {
        if (await currentUser.FindAdministratorAsync() is null)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return await TranscriptQueries.Hold(db, roomId).SingleOrDefaultAsync();
    }

    /// <summary>A conflict if it is so already.</summary>
    /// <param name="words">Why; administrators and auditors read it.</param>
    /// <returns>The act, by which it can be taken back.</returns>
    public async Task<Outcome<long>> SetAsync(long roomId, bool isHeld, string? words)
    {
        if (await currentUser.FindAdministratorAsync() is not { } me || await PartiesAsync(roomId) is not { } room)
            return NotFound;
        var why = VisibleText.Begin(VisibleText.Line(words), RoomHold.MaxReasonLength);
        if (why.Length == 0)
            return new Refusal(RefusalKind.Invalid, texts["Hold.Say"]);
        var deed = new AuditDeed(isHeld ? AuditAction.RoomHeld : AuditAction.RoomHoldLifted, roomId) { Text = why };
        if (me.Id == room.BuyerId || me.Id == room.SellerId)
        {
            await record.WriteAsync(me.Id, deed with { IsRefused = true });
            return new Refusal(RefusalKind.Forbidden, admin["Act.Self"]);
        }
        return await transactions.InTransactionAsync(db => SetAsync(db, me.Id, room, deed));
    }

    /// <summary>Takes back one's own act, unless somebody has held or let go of the room since. Null on success.</summary>
    /// <param name="act">What <see cref="SetAsync(long,bool,string)"/> returned.</param>
    public async Task<Refusal?> TakeBackAsync(long roomId, long act)
    {
        if (await currentUser.FindAdministratorAsync() is not { } me || await PartiesAsync(roomId) is not { } room)
            return NotFound;
        return (await transactions.InTransactionAsync(db => TakeBackAsync(db, me.Id, room, act))).Refusal;
    }

    private Refusal NotFound => new(RefusalKind.NotFound, admin["Room.NotFound"]);

    private async Task<RoomParties?> PartiesAsync(long roomId)
    {
        await using var db = await database.CreateDbContextAsync();
        return await RoomQueries.SupervisedParties(db, roomId).SingleOrDefaultAsync();
    }

    private async Task<Outcome<long>> TakeBackAsync(MarketplaceDbContext db, long me, RoomParties room, long act)
    {
        var acts = StandingAct.OnRoom(db.AuditEntries, room.RoomId, AuditAction.RoomHeld, AuditAction.RoomHoldLifted);
        var mine = await StandingAct.FindAsync(db, acts, me, entry => entry.Id == act, admin);
        if (!mine.Succeeded)
            return mine.Refusal;
        var opposite = mine.Value.Action is AuditAction.RoomHeld ? AuditAction.RoomHoldLifted : AuditAction.RoomHeld;
        return await SetAsync(db, me, room, new(opposite, room.RoomId) { Text = texts["Hold.Mistake"] });
    }

    private async Task<Outcome<long>> SetAsync(
        MarketplaceDbContext db,
        long administratorId,
        RoomParties room,
        AuditDeed deed
    )
    {
        var isHeld = deed.Action == AuditAction.RoomHeld;
        var isDone = isHeld
            ? await RoomHolds.HoldAsync(db, Hold(room.RoomId, administratorId, deed.Text!))
            : await RoomHolds.LiftAsync(db, room.RoomId);
        if (!isDone)
            return new Refusal(RefusalKind.Conflict, texts[isHeld ? "Hold.Done.Already" : "Hold.Lifted.Already"]);
        if (!isHeld)
            await ClosedAccounts.EraseAgainAsync(db, [room.BuyerId, room.SellerId]);
        return await record.AddAsync(db, administratorId, deed);
    }

    private RoomHold Hold(long roomId, long administratorId, string reason) =>
        new()
        {
            RoomId = roomId,
            AdministratorId = administratorId,
            Since = clock.GetUtcNow().UtcDateTime,
            Reason = reason,
        };
}

/// <summary>A legal hold, for administrators. The time is UTC.</summary>
public sealed record RoomHoldView(string Administrator, DateTime Since, string Reason)
{
    public string Administrator
    {
        get => PersonName.Of(field);
    } = Administrator;
}
