using Marketplace.Web.Data;

namespace Marketplace.Web.Admin;

/// <summary>A line of the record of what administrators did.</summary>
public sealed record AuditView(
    long Id,
    DateTime At,
    string Administrator,
    AuditAction Action,
    long? RoomId,
    string? Person
);

internal static class AdminQueries
{
    /// <summary>A page of the record, newest first.</summary>
    public static IQueryable<AuditView> Audit(MarketplaceDbContext db, long before, int limit) =>
        from entry in db.AuditEntries.Where(e => e.Id < before).OrderByDescending(e => e.Id).Take(limit)
        select new AuditView(
            entry.Id,
            entry.At,
            db.Users.Single(user => user.Id == entry.AdministratorId).DisplayName,
            entry.Action,
            entry.RoomId,
            db.Users.Where(user => user.Id == entry.PersonId).Select(user => user.DisplayName).FirstOrDefault()
        );
}
