using Marketplace.Web.Accounts;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Admin.Reports;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;

namespace Marketplace.Web.Admin.People;

/// <summary>All that administrators know of a person; of each list the newest. Times are UTC.</summary>
public sealed record PersonFileView(
    PersonView Person,
    IReadOnlyList<RoomRowView> Rooms,
    IReadOnlyList<PersonListingView> Listings,
    IReadOnlyList<ReportRowView> ReportsAbout,
    IReadOnlyList<ReportRowView> ReportsBy,
    IReadOnlyList<PersonRatingView> Ratings,
    IReadOnlyList<PersonSessionView> Sessions,
    IReadOnlyList<AuditView> History
);

public sealed record PersonListingView(
    long Id,
    string Title,
    long Price,
    string Currency,
    ListingState State,
    DateTime At,
    bool IsRemoved
);

/// <param name="IsAbout">Whether it is of the person, and not by them.</param>
public sealed record PersonRatingView(long RoomId, string Other, bool IsAbout, int Stars, string? Line, DateTime At);

public sealed record PersonSessionView(string Device, string Address, DateTime StartedAt, DateTime SeenAt);

internal static class PersonFileQueries
{
    /// <param name="only">One of them; null for all.</param>
    public static IQueryable<PersonListingView> Listings(MarketplaceDbContext db, long id, long? only = null) =>
        from listing in db.Listings
        where listing.SellerId == id && (only == null || listing.Id == only)
        orderby listing.Id descending
        select new PersonListingView(
            listing.Id,
            listing.Title,
            listing.Price,
            listing.Currency,
            listing.State,
            listing.CreatedAt,
            listing.RemovedAt != null
        );

    /// <summary>What others said of the person and the person of others, also what is still hidden.</summary>
    public static IQueryable<PersonRatingView> Ratings(MarketplaceDbContext db, long id) =>
        from rating in db.Ratings
        where rating.AboutId == id || rating.ById == id
        join other in db.Users on (rating.AboutId == id ? rating.ById : rating.AboutId) equals other.Id
        orderby rating.At descending
        select new PersonRatingView(
            rating.RoomId,
            other.DisplayName,
            rating.AboutId == id,
            rating.Stars,
            rating.Line,
            rating.At
        );

    public static IQueryable<PersonSessionView> Sessions(MarketplaceDbContext db, long id) =>
        from session in AccountQueries.Sessions(db, id)
        orderby session.SeenAt descending
        select new PersonSessionView(session.Device, session.Address, session.StartedAt, session.SeenAt);

    public static IQueryable<NoteView> Notes(MarketplaceDbContext db, NoteTarget target)
    {
        var (person, room) = (target.PersonId, target.RoomId);
        return from note in db.Notes.Where(n => person == null ? n.RoomId == room : n.PersonId == person)
            join author in db.Users on note.AuthorId equals author.Id
            orderby note.Id descending
            select new NoteView(note.Id, author.DisplayName, note.Text, note.At);
    }
}
