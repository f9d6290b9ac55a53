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
    /// <summary>Closes a room to new messages, or opens it again. Null on success, a conflict if it is so already.</summary>
    /// <param name="words">Why; the two are told.</param>
    public async Task<Refusal?> LockAsync(long roomId, bool isLocked, string? words)
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
        if (
            await transactions.InTransactionAsync(db => LockAsync(db, administrator.Id, deed, isLocked)) is not { } done
        )
            return new Refusal(RefusalKind.Conflict, texts[isLocked ? "Act.Locked.Already" : "Act.Unlocked.Already"]);
        rooms.Tell(done);
        notifier.Tell([room.BuyerId, room.SellerId]);
        return null;
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

    private async Task<RoomRestricted?> LockAsync(
        MarketplaceDbContext db,
        long administratorId,
        AuditDeed deed,
        bool isLocked
    )
    {
        if (await rooms.LockAsync(db, deed.RoomId!.Value, isLocked) is not { } done)
            return null;
        await record.AddAsync(db, administratorId, deed);
        await notifier.AddAsync(
            db,
            [Told(done.Room, done.Room.BuyerId, deed, isLocked), Told(done.Room, done.Room.SellerId, deed, isLocked)]
        );
        return done;
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
}
