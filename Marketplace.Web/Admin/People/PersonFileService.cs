using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Admin.People;

/// <summary>A person's page, for administrators. Opening it is recorded before anything is read.</summary>
public sealed class PersonFileService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    AuditRecord record,
    TimeProvider clock
)
{
    /// <summary>Of each list; the rest is behind a link.</summary>
    public const int Newest = 8;

    /// <summary>Null where there is no such person, and for everybody else.</summary>
    /// <param name="listingId">One of the person's listings, shown also if it is an old one.</param>
    public async Task<PersonFileView?> OpenAsync(long id, long? listingId = null)
    {
        if (await currentUser.FindAdministratorAsync() is not { } me)
            return null;
        await using var db = await database.CreateDbContextAsync();
        if (await AccountQueries.Person(db, id).SingleOrDefaultAsync() is not { } person)
            return null;
        await record.WriteAsync(me.Id, new(AuditAction.PersonOpened, PersonId: id));
        var now = clock.GetUtcNow().UtcDateTime;
        return new(
            person,
            await RoomSearchQueries
                .AllRooms(db, new() { PersonId = id }, [], [], 0, null, oldestFirst: false, Newest)
                .ToListAsync(),
            await ListingsAsync(db, id, listingId),
            // Nobody learns here who reported them.
            id == me.Id
                ? []
                : await ReportReviewQueries.About(db, id, now).Take(Newest).ToListAsync(),
            await ReportReviewQueries.By(db, id, now).Take(Newest).ToListAsync(),
            await PersonFileQueries.Ratings(db, id).Take(Newest).ToListAsync(),
            await PersonFileQueries.Sessions(db, id).Take(Newest).ToListAsync(),
            await AuditQueries.Page(db, new() { PersonId = id }, long.MaxValue, Newest).ToListAsync()
        );
    }

    /// <summary>Whether there is such a person. Not a look.</summary>
    public async Task<bool> IsThereAsync(long id)
    {
        if (await currentUser.FindAdministratorAsync() is null)
            return false;
        await using var db = await database.CreateDbContextAsync();
        return await db.Users.AnyAsync(user => user.Id == id);
    }

    private static async Task<IReadOnlyList<PersonListingView>> ListingsAsync(
        MarketplaceDbContext db,
        long id,
        long? asked
    )
    {
        var newest = await PersonFileQueries.Listings(db, id).Take(Newest).ToListAsync();
        return asked is null || newest.Exists(listing => listing.Id == asked)
            ? newest
            : [.. await PersonFileQueries.Listings(db, id, asked).ToListAsync(), .. newest];
    }
}
