using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Journal;

/// <summary>Work on a listing and on rooms that only the database knows.</summary>
internal interface IRoomsMove
{
    /// <summary>0 if there is none.</summary>
    Task<long> ListingAsync(MarketplaceDbContext db);

    /// <summary>The rooms that it may change, once its listing is locked.</summary>
    IQueryable<long> Rooms(MarketplaceDbContext db, long listingId);

    /// <summary>Makes its changes, once the rooms are locked too, and returns the lines that tell of them.</summary>
    Task<IReadOnlyList<NewMessage>> MakeAsync(MoveScope scope);
}

/// <param name="Listing">Null if there is none.</param>
/// <param name="MayBeUntold">It may have committed before; publish anyway.</param>
/// <param name="Lines">Those of earlier moves of the batch.</param>
internal sealed record MoveScope(
    IJournalTransaction Store,
    Listing? Listing,
    IReadOnlyDictionary<long, RoomMembers> Rooms,
    DateTime Now,
    bool MayBeUntold,
    IReadOnlyList<NewMessage> Lines,
    ICollection<JournalEvent> Events
)
{
    public MarketplaceDbContext Db => Store.Context;
}

/// <summary>The moves of a batch. Listings are locked before rooms, both with rising ids, so that nodes cannot deadlock.</summary>
internal sealed class RoomsMoves
{
    private readonly List<(IRoomsMove Move, Listing? Listing)> moves = [];
    private readonly HashSet<long> rooms = [];

    public IEnumerable<long> RoomIds => rooms;

    public static async Task<RoomsMoves> FindAsync(IJournalTransaction store, IReadOnlyList<JournalEntry> entries)
    {
        var found = new RoomsMoves();
        var asked = new List<(IRoomsMove Move, long Listing)>();
        foreach (var move in entries.OfType<IRoomsMove>())
            asked.Add((move, await move.ListingAsync(store.Context)));
        var listings = new Dictionary<long, Listing?>();
        foreach (var id in asked.Select(one => one.Listing).Distinct().Order())
            listings[id] = await LockAsync(store.Context, id);
        foreach (var (move, listing) in asked)
        {
            found.moves.Add((move, listings[listing]));
            found.rooms.UnionWith(await move.Rooms(store.Context, listing).ToListAsync());
        }
        return found;
    }

    public async Task<IReadOnlyList<NewMessage>> MakeAsync(
        IJournalTransaction store,
        IReadOnlyDictionary<long, RoomMembers> locked,
        DateTime now,
        Predicate<JournalEntry> mayBeUntold,
        ICollection<JournalEvent> events
    )
    {
        var lines = new List<NewMessage>();
        foreach (var (move, listing) in moves)
            lines.AddRange(
                await move.MakeAsync(new(store, listing, locked, now, mayBeUntold((JournalEntry)move), lines, events))
            );
        return lines;
    }

    private static async Task<Listing?> LockAsync(MarketplaceDbContext db, long id)
    {
        var rows = db.Listings.Where(listing => listing.Id == id);
        // An update that changes nothing takes the row lock.
        await rows.ExecuteUpdateAsync(listing => listing.SetProperty(l => l.Moves, l => l.Moves));
        return await rows.SingleOrDefaultAsync();
    }
}
