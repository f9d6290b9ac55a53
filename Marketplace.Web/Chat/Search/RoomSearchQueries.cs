using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Marketplace.Web.Safety.Reports;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Search;

/// <summary>Narrows all rooms. Times are UTC, and of the last message.</summary>
/// <param name="WaitingBefore">Rooms in which a buyer has waited since before.</param>
public sealed record RoomsWanted(
    ListingState? State = null,
    long? PersonId = null,
    long? ListingId = null,
    DateTime? From = null,
    DateTime? Until = null,
    bool IsRisky = false,
    bool IsReported = false,
    bool IsClosed = false,
    DateTime? WaitingBefore = null
)
{
    public static readonly RoomsWanted All = new();
}

/// <summary>Searches all rooms by listing and people. The caller must be an administrator.</summary>
internal static class RoomSearchQueries
{
    /// <summary>A page of rooms by last activity. Each word must begin a word of listing, name or address.</summary>
    /// <param name="leading">Words whose rooms are collected; if empty, all words filter <c>many</c> rooms.</param>
    public static IQueryable<RoomRowView> AllRooms(
        MarketplaceDbContext db,
        RoomsWanted wanted,
        IReadOnlyList<NameWord> words,
        IReadOnlyCollection<NameWord> leading,
        int many,
        PageCursor? after,
        bool oldestFirst,
        int limit
    )
    {
        var rooms = After(Wanted(db, wanted), after, oldestFirst);
        if (leading.Count == 0 && words.Count > 0)
            rooms = Nearest(rooms, many, oldestFirst);
        foreach (var word in words)
            rooms = leading.Contains(word)
                ? Among(rooms, ListingQueries.WithWord(db, word.Text), AccountQueries.Named(db, word))
                : Having(db, rooms, word);
        var ordered = oldestFirst
            ? rooms.OrderBy(r => r.LastMessageId).ThenBy(r => r.Id)
            : rooms.OrderByDescending(r => r.LastMessageId).ThenByDescending(r => r.Id);
        return Rows(db, ordered.Take(limit));
    }

    public static IQueryable<RoomRowView> Row(MarketplaceDbContext db, long roomId) =>
        Rows(db, db.Rooms.Where(room => room.Id == roomId));

    internal static IQueryable<RoomRowView> Rows(MarketplaceDbContext db, IQueryable<Room> rooms) =>
        from room in rooms
        join listing in db.Listings on room.ListingId equals listing.Id
        select new RoomRowView(
            room.Id,
            room.ListingId,
            room.BuyerId,
            room.SellerId,
            db.Users.Single(user => user.Id == room.BuyerId).DisplayName,
            db.Users.Single(user => user.Id == room.SellerId).DisplayName,
            listing.Title,
            listing.Cover,
            listing.State,
            room.LastSeq,
            room.LastMessageId,
            room.LastAt,
            room.Restrictions,
            room.Risk,
            room.RiskRule,
            db.Reports.Count(report => report.RoomId == room.Id && report.State != ReportState.Decided)
        );

    private static IQueryable<Room> Wanted(MarketplaceDbContext db, RoomsWanted wanted)
    {
        var rooms = db.Rooms.AsQueryable();
        if (wanted.PersonId is { } person)
            rooms = rooms.Where(r => r.BuyerId == person || r.SellerId == person);
        if (wanted.ListingId is { } listing)
            rooms = rooms.Where(r => r.ListingId == listing);
        if (wanted.State is { } state)
            rooms = rooms.Where(r => db.Listings.Any(one => one.Id == r.ListingId && one.State == state));
        if (wanted.From is { } from)
            rooms = rooms.Where(r => r.LastAt >= from);
        if (wanted.Until is { } until)
            rooms = rooms.Where(r => r.LastAt < until);
        if (wanted.IsRisky)
            rooms = rooms.Where(r => r.Risk != null);
        if (wanted.IsClosed)
            rooms = rooms.Where(r => r.Restrictions != 0 && r.Restrictions.HasFlag(RoomRestrictions.Locked));
        if (wanted.WaitingBefore is { } waiting)
            rooms = rooms.Where(r => r.WaitingSince < waiting);
        if (!wanted.IsReported)
            return rooms;
        var reported = db.Reports.Where(report => report.State != ReportState.Decided).Select(report => report.RoomId);
        return rooms.Where(r => reported.Contains(r.Id));
    }

    /// <summary>Some of the rooms with a word; shows at a bounded cost whether it is rare.</summary>
    public static IQueryable<Room> SomeRooms(MarketplaceDbContext db, NameWord word, int many) =>
        Among(db.Rooms, ListingQueries.WithWord(db, word.Text).Take(many), AccountQueries.Named(db, word).Take(many))
            .Take(many);

    private static IQueryable<Room> After(IQueryable<Room> rooms, PageCursor? place, bool oldestFirst)
    {
        if (place is not ({ } message, var id))
            return rooms;
        return oldestFirst
            ? rooms.Where(r => r.LastMessageId > message || (r.LastMessageId == message && r.Id > id))
            : rooms.Where(r => r.LastMessageId < message || (r.LastMessageId == message && r.Id < id));
    }

    private static IQueryable<Room> Nearest(IQueryable<Room> rooms, int many, bool oldestFirst)
    {
        var oldest = rooms.OrderBy(r => r.LastMessageId).Select(r => r.LastMessageId);
        var newest = rooms.OrderByDescending(r => r.LastMessageId).Select(r => r.LastMessageId);
        return oldestFirst
            ? rooms.Where(r => r.LastMessageId <= oldest.Take(many).Max())
            : rooms.Where(r => r.LastMessageId >= newest.Skip(many - 1).FirstOrDefault());
    }

    private static IQueryable<Room> Among(IQueryable<Room> rooms, IQueryable<long> listings, IQueryable<long> people) =>
        rooms.Where(room =>
            listings.Contains(room.ListingId) || people.Contains(room.BuyerId) || people.Contains(room.SellerId)
        );

    private static IQueryable<Room> Having(MarketplaceDbContext db, IQueryable<Room> rooms, NameWord word)
    {
        var (titles, names) = (ListingQueries.Terms(db, word.Text), AccountQueries.Terms(db, word.Text));
        var people = AccountQueries.Addressed(db, word.Typed);
        return rooms.Where(room =>
            titles.Any(term => term.ListingId == room.ListingId)
            || names.Any(term => term.UserId == room.BuyerId || term.UserId == room.SellerId)
            || people.Any(person => person.Id == room.BuyerId || person.Id == room.SellerId)
        );
    }
}
