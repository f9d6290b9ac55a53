using Marketplace.Web.Accounts.Sessions;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Accounts;

internal static class AccountQueries
{
    public static IQueryable<AccountRead> WithSessions(MarketplaceDbContext db, IReadOnlyCollection<long> ids) =>
        from user in db.Users.AsNoTracking()
        where ids.Contains(user.Id)
        select new AccountRead(
            new AccountState(
                user.Id,
                user.DisplayName,
                user.Email ?? "",
                db.UserRoles.Any(role =>
                    role.UserId == user.Id && db.Roles.Any(r => r.Id == role.RoleId && r.Name == Roles.Administrator)
                ),
                db.UserRoles.Any(role =>
                    role.UserId == user.Id && db.Roles.Any(r => r.Id == role.RoleId && r.Name == Roles.Auditor)
                ),
                user.SuspendedAt != null,
                user.HidesReceipts,
                user.HidesPresence,
                user.TwoFactorEnabled,
                user.ClosedAt != null
            )
            {
                Culture = user.Culture,
                TimeZone = user.TimeZone,
            },
            db.Sessions.Where(s => s.UserId == user.Id && s.Stamp == user.SecurityStamp).ToList()
        );

    /// <summary>The account's sessions with the current stamp; some may have expired.</summary>
    public static IQueryable<SignInSession> Sessions(MarketplaceDbContext db, long id) =>
        from session in db.Sessions.AsNoTracking()
        where session.UserId == id && session.Stamp == db.Users.Single(user => user.Id == id).SecurityStamp
        select session;

    public static IQueryable<long> Named(MarketplaceDbContext db, NameWord word) =>
        Terms(db, word.Text).Select(term => term.UserId).Concat(Addressed(db, word.Typed).Select(user => user.Id));

    public static IQueryable<UserTerm> Terms(MarketplaceDbContext db, string word)
    {
        var after = Folding.After(word);
        return db.UserTerms.Where(term => term.Term.CompareTo(word) >= 0 && term.Term.CompareTo(after) < 0);
    }

    public static IQueryable<User> Addressed(MarketplaceDbContext db, string start)
    {
        var (one, other) = AccountKeys.Forms(start);
        var (afterOne, afterOther) = (Folding.After(one), Folding.After(other));
        return db.Users.Where(user =>
            (user.NormalizedEmail!.CompareTo(one) >= 0 && user.NormalizedEmail!.CompareTo(afterOne) < 0)
            || (user.NormalizedEmail!.CompareTo(other) >= 0 && user.NormalizedEmail!.CompareTo(afterOther) < 0)
        );
    }

    public static IQueryable<PersonView> People(
        MarketplaceDbContext db,
        IReadOnlyList<NameWord> words,
        long before,
        int limit
    )
    {
        var people = db.Users.Where(user => user.Id < before);
        foreach (var word in words)
        {
            var named = Named(db, word);
            people = people.Where(user => named.Contains(user.Id));
        }
        return Views(db, people.OrderByDescending(user => user.Id).Take(limit));
    }

    public static IQueryable<PersonView> Person(MarketplaceDbContext db, long id) =>
        Views(db, db.Users.Where(user => user.Id == id));

    private static IQueryable<PersonView> Views(MarketplaceDbContext db, IQueryable<User> people) =>
        from user in people
        select new PersonView(
            user.Id,
            user.DisplayName,
            user.Email ?? "",
            user.JoinedAt,
            db.UserRoles.Any(role =>
                role.UserId == user.Id && db.Roles.Any(r => r.Id == role.RoleId && r.Name == Roles.Administrator)
            ),
            db.UserRoles.Any(role =>
                role.UserId == user.Id && db.Roles.Any(r => r.Id == role.RoleId && r.Name == Roles.Auditor)
            ),
            user.SuspendedAt,
            user.Culture
        );

    /// <summary>Who can administer the site now.</summary>
    public static IQueryable<long> Administrators(MarketplaceDbContext db) =>
        from held in db.UserRoles
        join role in db.Roles on held.RoleId equals role.Id
        where role.Name == Roles.Administrator
        join user in db.Users on held.UserId equals user.Id
        where user.SuspendedAt == null && user.ClosedAt == null
        select user.Id;
}

internal sealed record AccountRead(AccountState State, IReadOnlyList<SignInSession> Sessions);

/// <summary>A prefix that is compared with the words of names and titles, and with addresses.</summary>
/// <param name="Typed">The text between spaces that contained the word, compared with addresses.</param>
public sealed record NameWord(string Text, string Typed)
{
    public static IReadOnlyList<NameWord> Of(string? text, int most) =>
        [
            .. (text ?? "")
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(typed =>
                    SearchWord.Of(typed).SelectMany(word => word.Tokens).Select(word => new NameWord(word, typed))
                )
                .Distinct()
                .Take(most),
        ];
}

/// <param name="Culture">In which they read; null: not known yet.</param>
public sealed record PersonView(
    long Id,
    string DisplayName,
    string Email,
    DateTime JoinedAt,
    bool IsAdministrator,
    bool IsAuditor,
    DateTime? SuspendedAt,
    string? Culture
)
{
    public string DisplayName
    {
        get => PersonName.Of(field);
    } = DisplayName;
}
