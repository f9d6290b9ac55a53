using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Accounts;

internal static class AccountQueries
{
    public static IQueryable<AccountState> State(MarketplaceDbContext db, long id) =>
        from user in db.Users.AsNoTracking()
        where user.Id == id
        select new AccountState(
            user.Id,
            user.DisplayName,
            user.Email ?? "",
            db.UserRoles.Any(role =>
                role.UserId == user.Id && db.Roles.Any(r => r.Id == role.RoleId && r.Name == Roles.Administrator)
            ),
            user.SuspendedAt != null,
            user.SecurityStamp ?? "",
            user.HidesReceipts,
            user.HidesPresence
        );

    /// <summary>The people whose folded name, or whose address, begins like this.</summary>
    public static IQueryable<User> Named(MarketplaceDbContext db, string start)
    {
        var (after, address) = (Folding.After(start), start.ToUpperInvariant());
        var afterAddress = Folding.After(address);
        return db.Users.Where(user =>
            (user.NameKey.CompareTo(start) >= 0 && user.NameKey.CompareTo(after) < 0)
            || (user.NormalizedEmail!.CompareTo(address) >= 0 && user.NormalizedEmail!.CompareTo(afterAddress) < 0)
        );
    }

    /// <summary>A page of people in the order of joining, newest first; with a start, those named like it.</summary>
    public static IQueryable<PersonView> People(MarketplaceDbContext db, string start, long before, int limit)
    {
        var people = db.Users.Where(user => user.Id < before);
        if (start.Length > 0)
        {
            var named = Named(db, start).Select(user => user.Id);
            people = people.Where(user => named.Contains(user.Id));
        }
        return from user in people.OrderByDescending(user => user.Id).Take(limit)
            select new PersonView(
                user.Id,
                user.DisplayName,
                user.Email ?? "",
                user.JoinedAt,
                db.UserRoles.Any(role =>
                    role.UserId == user.Id && db.Roles.Any(r => r.Id == role.RoleId && r.Name == Roles.Administrator)
                ),
                user.SuspendedAt
            );
    }
}

/// <summary>A person in the list of those who administer.</summary>
public sealed record PersonView(
    long Id,
    string DisplayName,
    string Email,
    DateTime JoinedAt,
    bool IsAdministrator,
    DateTime? SuspendedAt
);
