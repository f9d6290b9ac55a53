using System.Security.Cryptography;
using System.Text;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Listings;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Journal;

/// <summary>Posts system lines to the buyer's room and, for a sale or its reversal, to all with messages.</summary>
internal sealed class ListingSettlements
{
    private readonly IJournalTransaction store;
    private readonly List<(Settlement Entry, IReadOnlyList<Enquiry> Enquiries)> settling = [];

    private ListingSettlements(IJournalTransaction store) => this.store = store;

    public IEnumerable<long> RoomIds => settling.SelectMany(one => one.Enquiries.Select(enquiry => enquiry.RoomId));

    public static async Task<ListingSettlements> FindAsync(
        IJournalTransaction store,
        IReadOnlyList<JournalEntry> entries
    )
    {
        var found = new ListingSettlements(store);
        foreach (var entry in entries.OfType<Settlement>())
        {
            var rooms = RoomQueries.Enquiries(store.Context, entry.ListingId, entry.SellerId);
            found.settling.Add((entry, await rooms.ToListAsync()));
        }
        return found;
    }

    public async Task<IReadOnlyList<NewMessage>> MoveAsync(
        DateTime now,
        Predicate<JournalEntry> mayBeUntold,
        List<JournalEvent> events,
        IReadOnlyDictionary<long, RoomMembers> rooms
    )
    {
        var lines = new List<NewMessage>();
        foreach (var (entry, enquiries) in settling)
        {
            var problem = Problem(entry, enquiries, rooms);
            lines.AddRange(await MoveAsync(entry, enquiries, problem, now, mayBeUntold(entry), events));
        }
        return lines;
    }

    private static string? Problem(
        Settlement entry,
        IReadOnlyList<Enquiry> enquiries,
        IReadOnlyDictionary<long, RoomMembers> rooms
    ) =>
        entry.State is ListingState.Reserved or ListingState.Sold
        && enquiries.FirstOrDefault(enquiry => enquiry.BuyerId == entry.BuyerId) is { RoomId: var id }
        && rooms.TryGetValue(id, out var inRoom)
            ? RoomRules.Problem(RoomAct.Settle, inRoom.Room.Restrictions)
            : null;

    private async Task<IEnumerable<NewMessage>> MoveAsync(
        Settlement entry,
        IReadOnlyList<Enquiry> enquiries,
        string? problem,
        DateTime now,
        bool mayBeUntold,
        List<JournalEvent> events
    )
    {
        if (await LockAsync(entry) is not { } listing)
        {
            entry.Keep(new Settled(null));
            return [];
        }
        var (isDone, keptFor) = (listing.IsAt(entry.State, entry.BuyerId), listing.ReservedForId);
        if (listing.RemovedAt is not null)
        {
            entry.Keep(new Settled(Of(listing), Problem: "Deal.Removed"));
            return [];
        }
        if (!isDone && !listing.MayMoveTo(entry.State, entry.SeenMoves))
        {
            entry.Keep(new Settled(Of(listing), IsRefused: true));
            return [];
        }
        if (!isDone && problem is not null)
        {
            entry.Keep(new Settled(Of(listing), Problem: problem));
            return [];
        }
        if (!isDone)
            listing.MoveTo(entry.State, now, entry.BuyerId);
        entry.Keep(new Settled(Of(listing)));
        if (!isDone || mayBeUntold)
            events.Add(new ListingMoved(listing.Id));
        // An earlier attempt may have committed without publishing its lines.
        if (isDone && mayBeUntold)
            events.Add(new EventsMissed([listing.SellerId, .. enquiries.Select(one => one.BuyerId)]));
        return isDone ? [] : Lines(listing, enquiries, keptFor);
    }

    private static IEnumerable<NewMessage> Lines(Listing listing, IReadOnlyList<Enquiry> enquiries, long? keptFor)
    {
        var buyer = listing.State == ListingState.Active ? keptFor : listing.ReservedForId;
        return from enquiry in enquiries
            let kind = enquiry.BuyerId == buyer ? Here(listing)
            : enquiry.HasBegun ? Elsewhere(listing)
            : null
            where kind is not null
            select Line(listing, enquiry.RoomId, kind.Value);
    }

    private static MessageKind? Here(Listing listing) =>
        listing.State switch
        {
            ListingState.Reserved => MessageKind.Reserved,
            ListingState.Sold => MessageKind.SoldHere,
            ListingState.Active => MessageKind.Released,
            _ => null,
        };

    private static MessageKind? Elsewhere(Listing listing) =>
        listing switch
        {
            { State: ListingState.Sold } => MessageKind.SoldElsewhere,
            { State: ListingState.Active, MovedFrom: ListingState.Sold } => MessageKind.Released,
            _ => null,
        };

    // Derived from the listing's move, so that a room gets each line once.
    private static NewMessage Line(Listing listing, long roomId, MessageKind kind)
    {
        var name = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{listing.Id}:{listing.Moves}:{roomId}"));
        return new(roomId, listing.SellerId, new Guid(name.AsSpan(0, 16)), "") { Kind = kind };
    }

    private static SettledListing Of(Listing listing) => new(listing.State, listing.ReservedForId, listing.Moves);

    private async Task<Listing?> LockAsync(Settlement entry)
    {
        var own = store.Context.Listings.Where(one => one.Id == entry.ListingId && one.SellerId == entry.SellerId);
        // An update that changes nothing takes the row lock.
        await own.ExecuteUpdateAsync(one => one.SetProperty(l => l.Moves, l => l.Moves));
        return await own.SingleOrDefaultAsync();
    }
}
