using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Negotiation;

/// <summary>
/// A seller's decision about an own listing, written in one transaction with its lines: to the buyer's room, and for a
/// sale or its reversal to all with messages. The deals of all rooms follow it.
/// </summary>
/// <param name="BuyerId">Null if it is reserved for or sold to somebody without a room.</param>
/// <param name="SeenMoves">The <see cref="Listing.Moves"/> that the seller saw; null to skip the check.</param>
internal sealed record Settlement(long ListingId, long SellerId, ListingState State, long? BuyerId, int? SeenMoves)
    : JournalEntry<Settled>(0, SellerId),
        IRoomsMove
{
    public Task<long> ListingAsync(MarketplaceDbContext db) =>
        db
            .Listings.Where(listing => listing.Id == ListingId && listing.SellerId == SellerId)
            .Select(listing => listing.Id)
            .SingleOrDefaultAsync();

    public IQueryable<long> Rooms(MarketplaceDbContext db, long listingId) =>
        RoomQueries.Enquiries(db, listingId, SellerId).Select(enquiry => enquiry.RoomId);

    public async Task<IReadOnlyList<NewMessage>> MakeAsync(MoveScope scope)
    {
        if (scope.Listing is not { } listing)
        {
            Keep(new Settled(null));
            return [];
        }
        var isDone = listing.IsAt(State, BuyerId);
        if (Refusal(listing, isDone, scope.Rooms) is { } refused)
        {
            Keep(refused);
            return [];
        }
        Keep(new Settled(Of(listing)));
        return isDone ? Again(scope, listing) : await SettleAsync(scope, listing);
    }

    private async Task<IReadOnlyList<NewMessage>> SettleAsync(MoveScope scope, Listing listing)
    {
        var keptFor = listing.ReservedForId;
        listing.MoveTo(State, scope.Now, BuyerId);
        Keep(new Settled(Of(listing)));
        scope.Events.Add(new ListingMoved(listing.Id));
        var book = await DealBook.ReadAsync(scope, listing);
        await book.FollowAllAsync();
        await scope.Db.SaveChangesAsync();
        return [.. SettlementLines.Of(listing, Enquiries(scope), keptFor), .. book.Lines];
    }

    // An earlier attempt may have committed without publishing its lines.
    private IReadOnlyList<NewMessage> Again(MoveScope scope, Listing listing)
    {
        if (!scope.MayBeUntold)
            return [];
        scope.Events.Add(new ListingMoved(listing.Id));
        scope.Events.Add(new EventsMissed([SellerId, .. Enquiries(scope).Select(one => one.BuyerId)]));
        return [];
    }

    private Settled? Refusal(Listing listing, bool isDone, IReadOnlyDictionary<long, RoomMembers> rooms) =>
        listing.RemovedAt is not null ? new(Of(listing), Problem: "Deal.Removed")
        : isDone ? null
        : !listing.MayMoveTo(State, SeenMoves) ? new(Of(listing), IsRefused: true)
        : Problem(rooms) is { } problem ? new(Of(listing), Problem: problem)
        : null;

    private string? Problem(IReadOnlyDictionary<long, RoomMembers> rooms) =>
        State is ListingState.Reserved or ListingState.Sold
        && Own(rooms).FirstOrDefault(room => room.BuyerId == BuyerId) is { } room
            ? RoomRules.Problem(RoomAct.Settle, room.Restrictions)
            : null;

    private IEnumerable<Room> Own(IReadOnlyDictionary<long, RoomMembers> rooms) =>
        rooms.Values.Select(inRoom => inRoom.Room).Where(room => room.ListingId == ListingId);

    private List<Enquiry> Enquiries(MoveScope scope) =>
        [
            .. Own(scope.Rooms)
                .OrderBy(room => room.Id)
                .Select(room => new Enquiry(room.Id, room.BuyerId, room.LastSeq > 0)),
        ];

    private static SettledListing Of(Listing listing) => new(listing.State, listing.ReservedForId, listing.Moves);
}

/// <summary>The result of a settlement with the current listing; null if it is not the seller's.</summary>
internal sealed record Settled(SettledListing? Listing, bool IsRefused = false, string? Problem = null);

internal sealed record SettledListing(ListingState State, long? BuyerId, int Moves);

/// <summary>The lines that tell of a listing's last move.</summary>
internal static class SettlementLines
{
    public static IEnumerable<NewMessage> Of(Listing listing, IReadOnlyList<Enquiry> enquiries, long? keptFor)
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
    private static NewMessage Line(Listing listing, long roomId, MessageKind kind) =>
        new(roomId, listing.SellerId, DealBook.IdOf($"{kind}:{listing.Id}:{listing.Moves}:{roomId}"), "")
        {
            Kind = kind,
        };
}
