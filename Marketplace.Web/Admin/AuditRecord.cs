using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin;

public sealed class AuditRecord(WriteTransactions transactions, TimeProvider clock) : ILookRecord
{
    /// <summary>A room's page asks for its pictures at once.</summary>
    private static readonly TimeSpan OneLook = TimeSpan.FromMinutes(1);

    public Task WriteAsync(long administratorId, AuditAction action, long roomId) =>
        transactions.InTransactionAsync(db =>
            Task.FromResult(db.AuditEntries.Add(Entry(administratorId, action, roomId, personId: null)))
        );

    /// <summary>In the transaction of what it records; the caller saves.</summary>
    internal void Add(MarketplaceDbContext db, long administratorId, AuditAction action, long personId) =>
        db.AuditEntries.Add(Entry(administratorId, action, roomId: null, personId));

    public Task PictureAsync(long administratorId, long roomId)
    {
        var since = clock.GetUtcNow().UtcDateTime - OneLook;
        return transactions.InTransactionAsync(async db =>
        {
            var isPartOfOne = await db.AuditEntries.AnyAsync(entry =>
                entry.RoomId == roomId && entry.AdministratorId == administratorId && entry.At > since
            );
            if (!isPartOfOne)
                db.AuditEntries.Add(Entry(administratorId, AuditAction.PictureOpened, roomId, personId: null));
            return !isPartOfOne;
        });
    }

    private AuditEntry Entry(long administratorId, AuditAction action, long? roomId, long? personId) =>
        new()
        {
            AdministratorId = administratorId,
            Action = action,
            RoomId = roomId,
            PersonId = personId,
            At = clock.GetUtcNow().UtcDateTime,
        };
}
