using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;

namespace Marketplace.Web.Chat;

/// <summary>Finds any room by its listing and its people, for a caller who may supervise.</summary>
internal static class RoomSearchQueries
{
    /// <summary>
    /// A page of all rooms, the most recently active first. Each word must begin a word of the listing, a person's name or
    /// a person's address.
    /// </summary>
    /// <param name="leading">
    /// Those of the words whose rooms are gathered; the others are looked for in these. Where no word leads, they are looked
    /// for from the newest room down, in no more than <paramref name="many"/>.
    /// </param>
    public static IQueryable<RoomRowView> AllRooms(
        MarketplaceDbContext db,
        IReadOnlyList<string> words,
        IReadOnlyCollection<string> leading,
        int many,
        long lastMessageId,
        long roomId,
        int limit
    )
    {
        var rooms = db.Rooms.Where(r =>
            r.LastMessageId < lastMessageId || (r.LastMessageId == lastMessageId && r.Id < roomId)
        );
        if (leading.Count == 0)
        {
            var places = rooms.OrderByDescending(r => r.LastMessageId).Select(r => r.LastMessageId);
            rooms = rooms.Where(r => r.LastMessageId >= places.Skip(many - 1).FirstOrDefault());
        }
        foreach (var word in words)
            rooms = leading.Contains(word)
                ? Among(rooms, ListingQueries.WithWord(db, word), AccountQueries.Named(db, word))
                : Having(rooms, ListingQueries.Terms(db, word), AccountQueries.Named(db, word));
        return from room in rooms.OrderByDescending(r => r.LastMessageId).ThenByDescending(r => r.Id).Take(limit)
            select new RoomRowView(
                room.Id,
                db.Users.Single(user => user.Id == room.BuyerId).DisplayName,
                db.Users.Single(user => user.Id == room.SellerId).DisplayName,
                db.Listings.Single(listing => listing.Id == room.ListingId).Title,
                room.LastSeq,
                room.LastMessageId,
                room.LastAt
            );
    }

    /// <summary>
    /// Some of the rooms with a word: as many as that, if many have it, and only of so many people and listings. Says at a
    /// bounded price whether a word is rare.
    /// </summary>
    public static IQueryable<Room> SomeRooms(MarketplaceDbContext db, string word, int many) =>
        Among(db.Rooms, ListingQueries.WithWord(db, word).Take(many), AccountQueries.Named(db, word).Take(many))
            .Take(many);

    private static IQueryable<Room> Among(IQueryable<Room> rooms, IQueryable<long> listings, IQueryable<User> people) =>
        rooms.Where(room =>
            listings.Contains(room.ListingId)
            || people.Select(person => person.Id).Contains(room.BuyerId)
            || people.Select(person => person.Id).Contains(room.SellerId)
        );

    private static IQueryable<Room> Having(
        IQueryable<Room> rooms,
        IQueryable<ListingTerm> terms,
        IQueryable<User> people
    ) =>
        rooms.Where(room =>
            terms.Any(term => term.ListingId == room.ListingId)
            || people.Any(person => person.Id == room.BuyerId || person.Id == room.SellerId)
        );
}
