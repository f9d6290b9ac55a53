using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Outbox;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Admin;

/// <summary>What administrators do to rooms. Each act is recorded and told to the two who talk there, or not done.</summary>
public sealed class RoomActService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    RoomRestricter rooms,
    AuditRecord record,
    Notifier notifier,
    TimeProvider clock,
    IStringLocalizer<AdminTexts> texts
)
{
    /// <summary>Closes a room to new messages, or opens it again. A conflict if it is so already.</summary>
    /// <param name="words">Why; the two are told.</param>
    /// <returns>The act, by which it can be taken back.</returns>
    public async Task<Outcome<long>> LockAsync(long roomId, bool isLocked, string? words)
    {
        if (
            await currentUser.FindAdministratorAsync() is not { } administrator
            || await FindAsync(roomId) is not { } room
        )
            return new Refusal(RefusalKind.NotFound, texts["Room.NotFound"]);
        var why = VisibleText.Begin(VisibleText.Line(words), NoticeAct.MaxTextLength);
        if (why.Length == 0)
            return new Refusal(RefusalKind.Invalid, texts["Act.Say"]);
        var deed = new AuditDeed(isLocked ? AuditAction.RoomLocked : AuditAction.RoomUnlocked, roomId) { Text = why };
        if (administrator.Id == room.BuyerId || administrator.Id == room.SellerId)
        {
            await record.WriteAsync(administrator.Id, deed with { IsRefused = true });
            return new Refusal(RefusalKind.Forbidden, texts["Act.Self"]);
        }
        return Tell(await transactions.InTransactionAsync(db => LockAsync(db, administrator.Id, deed, isLocked)));
    }

    /// <summary>Takes back one's own act, unless somebody has closed or opened the room since. Null on success.</summary>
    /// <param name="act">What <see cref="LockAsync(long,bool,string)"/> returned.</param>
    public async Task<Refusal?> TakeBackAsync(long roomId, long act)
    {
        if (await currentUser.FindAdministratorAsync() is not { } administrator || await FindAsync(roomId) is null)
            return new Refusal(RefusalKind.NotFound, texts["Room.NotFound"]);
        var undone = await transactions.InTransactionAsync(db => TakeBackAsync(db, administrator.Id, roomId, act));
        return Tell(undone).Refusal;
    }

    /// <summary>Says that somebody has looked at the risk of a room; what is found later raises it again. Null on success.</summary>
    public async Task<Refusal?> ClearRiskAsync(long roomId)
    {
        if (await currentUser.FindAdministratorAsync() is not { } administrator || await FindAsync(roomId) is null)
            return new Refusal(RefusalKind.NotFound, texts["Room.NotFound"]);
        await transactions.InTransactionAsync(async db =>
        {
            if (await RoomRestricter.ClearRiskAsync(db, roomId))
                await record.AddAsync(db, administrator.Id, new(AuditAction.RiskCleared, roomId));
            return true;
        });
        return null;
    }

    private async Task<RoomParties?> FindAsync(long roomId)
    {
        await using var db = await database.CreateDbContextAsync();
        return await RoomQueries.SupervisedParties(db, roomId).SingleOrDefaultAsync();
    }

    private async Task<Outcome<Locked>> TakeBackAsync(MarketplaceDbContext db, long me, long roomId, long act)
    {
        var acts = StandingAct.OnRoom(db.AuditEntries, roomId, AuditAction.RoomLocked, AuditAction.RoomUnlocked);
        var mine = await StandingAct.FindAsync(db, acts, me, entry => entry.Id == act, texts);
        if (!mine.Succeeded)
            return mine.Refusal;
        var isLocked = mine.Value.Action is AuditAction.RoomUnlocked;
        var deed = new AuditDeed(isLocked ? AuditAction.RoomLocked : AuditAction.RoomUnlocked, roomId);
        return await LockAsync(db, me, deed with { Text = texts["Act.Mistake"] }, isLocked, isUndo: true);
    }

    private async Task<Outcome<Locked>> LockAsync(
        MarketplaceDbContext db,
        long administratorId,
        AuditDeed deed,
        bool isLocked,
        bool isUndo = false
    )
    {
        if (await rooms.LockAsync(db, deed.RoomId!.Value, isLocked) is not { } done)
            return new Refusal(RefusalKind.Conflict, texts[isLocked ? "Act.Locked.Already" : "Act.Unlocked.Already"]);
        var act = await record.AddAsync(db, administratorId, deed);
        await TellAsync(db, done.Room, deed, isLocked, isUndo);
        return new Locked(done, act);
    }

    // After the commit.
    private Outcome<long> Tell(Outcome<Locked> locked)
    {
        if (!locked.Succeeded)
            return locked.Refusal;
        var (done, act) = locked.Value;
        rooms.Tell(done);
        notifier.Tell([done.Room.BuyerId, done.Room.SellerId]);
        return act;
    }

    private async Task TellAsync(MarketplaceDbContext db, RoomParties room, AuditDeed deed, bool isLocked, bool isUndo)
    {
        Notice[] told = [Told(room, room.BuyerId, deed, isLocked), Told(room, room.SellerId, deed, isLocked)];
        var undone = isLocked ? NoticeKind.RoomUnlocked : NoticeKind.RoomLocked;
        var rest = await Notifier.WithdrawAsync(db, told, undone, NoticeAct.About(room.RoomId));
        // Why a conversation is closed anew is told in any case.
        await notifier.AddAsync(db, isLocked && !isUndo ? told : rest);
    }

    private Notice Told(RoomParties room, long personId, AuditDeed deed, bool isLocked) =>
        new()
        {
            PersonId = personId,
            Kind = isLocked ? NoticeKind.RoomLocked : NoticeKind.RoomUnlocked,
            ListingId = room.ListingId,
            Data = new NoticeAct(room.RoomId, deed.Text!).Write(),
            At = clock.GetUtcNow().UtcDateTime,
        };

    private sealed record Locked(RoomRestricted Done, long Act);
}
