using Marketplace.Web.Data;

namespace Marketplace.Web.Admin;

public sealed class AuditRecord(WriteTransactions transactions, TimeProvider clock)
{
    public Task WriteAsync(long administratorId, AuditAction action, long? roomId = null, long? personId = null) =>
        transactions.InTransactionAsync(db =>
        {
            db.AuditEntries.Add(
                new AuditEntry
                {
                    AdministratorId = administratorId,
                    Action = action,
                    RoomId = roomId,
                    PersonId = personId,
                    At = clock.GetUtcNow().UtcDateTime,
                }
            );
            return Task.FromResult(true);
        });
}
