using Marketplace.Web.Data;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Admin;

public sealed record AuditView(
    long Id,
    DateTime At,
    string Administrator,
    AuditAction Action,
    AuditRoomView? Room,
    string? Person
)
{
    public string Administrator
    {
        get => PersonName.Of(field);
    } = Administrator;
    public string? Person
    {
        get => field is null ? null : PersonName.Of(field);
    } = Person;
}

public sealed record AuditRoomView(long Id, string Title, string Buyer, string Seller)
{
    public string Buyer
    {
        get => PersonName.Of(field);
    } = Buyer;
    public string Seller
    {
        get => PersonName.Of(field);
    } = Seller;
}

internal static class AdminQueries
{
    public static IQueryable<AuditView> Audit(MarketplaceDbContext db, long before, int limit) =>
        from entry in db.AuditEntries.Where(e => e.Id < before).OrderByDescending(e => e.Id).Take(limit)
        join room in db.Rooms on entry.RoomId equals room.Id into rooms
        from room in rooms.DefaultIfEmpty()
        orderby entry.Id descending
        select new AuditView(
            entry.Id,
            entry.At,
            db.Users.Single(user => user.Id == entry.AdministratorId).DisplayName,
            entry.Action,
            room == null
                ? null
                : new AuditRoomView(
                    room.Id,
                    db.Listings.Single(listing => listing.Id == room.ListingId).Title,
                    db.Users.Single(user => user.Id == room.BuyerId).DisplayName,
                    db.Users.Single(user => user.Id == room.SellerId).DisplayName
                ),
            db.Users.Where(user => user.Id == entry.PersonId).Select(user => user.DisplayName).FirstOrDefault()
        );
}
