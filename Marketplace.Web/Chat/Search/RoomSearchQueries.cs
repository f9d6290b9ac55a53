using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Search;

/// <summary>Finds any room by its listing and its people, for a caller who may supervise.</summary>
internal static class RoomSearchQueries
{
    /// <summary>
    /// A page of all rooms in the order of their last activity. Each word must begin a word of the listing, a person's name or
    /// a person's address.
    /// </summary>
    /// <param name="leading">
    /// Those of the words whose rooms are gathered; the others are looked for in these. Where no word leads, they are looked
    /// for from the page's first room on, in no more than <paramref name="many"/>.
    /// </param>
    /// <param name="after">Where the page before ended, or null for the first one.</param>
    public static IQueryable<RoomRowView> AllRooms(
        MarketplaceDbContext db,
        IReadOnlyList<NameWord> words,
        IReadOnlyCollection<NameWord> leading,
        int many,
        PageCursor? after,
        bool oldestFirst,
        int limit
    )
    {
        var rooms = After(db.Rooms, after, oldestFirst);
        if (leading.Count == 0)
            rooms = Nearest(rooms, many, oldestFirst);
        foreach (var word in words)
            rooms = leading.Contains(word)
                ? Among(rooms, ListingQueries.WithWord(db, word.Text), AccountQueries.Named(db, word))
                : Having(db, rooms, word);
        var ordered = oldestFirst
            ? rooms.OrderBy(r => r.LastMessageId).ThenBy(r => r.Id)
            : rooms.OrderByDescending(r => r.LastMessageId).ThenByDescending(r => r.Id);
        return from room in ordered.Take(limit)
            join listing in db.Listings on room.ListingId equals listing.Id
            select new RoomRowView(
                room.Id,
                room.ListingId,
                db.Users.Single(user => user.Id == room.BuyerId).DisplayName,
                db.Users.Single(user => user.Id == room.SellerId).DisplayName,
                listing.Title,
                listing.Cover,
                listing.State,
                room.LastSeq,
                room.LastMessageId,
                room.LastAt
            );
    }

    /// <summary>
    /// Some of the rooms with a word: as many as that, if many have it, and only of so many people and listings. Says at a
    /// bounded price whether a word is rare.
    /// </summary>
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
