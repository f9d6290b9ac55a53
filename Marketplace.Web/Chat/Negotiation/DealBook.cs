using System.Security.Cryptography;
using System.Text;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Listings;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Negotiation;

/// <summary>The deals of a listing while one of its moves is being made: keeps each change with its timer and its line.</summary>
internal sealed class DealBook
{
    private readonly MoveScope scope;
    private readonly Listing listing;
    private readonly Dictionary<long, RoomDeal> deals;

    private DealBook(MoveScope scope, Listing listing, Dictionary<long, RoomDeal> deals) =>
        (this.scope, this.listing, this.deals) = (scope, listing, deals);

    public List<NewMessage> Lines { get; } = [];

    /// <summary>Reads those of the locked rooms.</summary>
    public static async Task<DealBook> ReadAsync(MoveScope scope, Listing listing)
    {
        var rows = await DealQueries.OfListing(scope.Db, listing.Id).ToListAsync();
        return new(scope, listing, rows.Where(row => scope.Rooms.ContainsKey(row.RoomId)).ToDictionary(r => r.RoomId));
    }

    public Deal Of(long roomId) => deals.TryGetValue(roomId, out var row) ? Deal.Parse(row.Data) : Deal.None;

    public DealFacts Facts(Room room) =>
        new(scope.Now, listing.Price, listing.State, listing.ReservedForId == room.BuyerId, listing.MinOffer);

    /// <summary>Does what the listing and the time ask of the deal.</summary>
    public async Task CatchUpAsync(Room room)
    {
        await FollowAsync(room);
        await ApplyAsync(room, new PassTime());
    }

    /// <summary>Lets all deals follow the listing. The line of the listing's own move tells where a deal has none.</summary>
    public async Task FollowAllAsync()
    {
        foreach (var id in deals.Keys.Union(SoldIn()).Order().ToList())
            await FollowAsync(scope.Rooms[id].Room);
    }

    // A sale without an offer is a deal too: the two may rate each other.
    private IEnumerable<long> SoldIn() =>
        listing is { State: ListingState.Sold, ReservedForId: { } buyer }
            ? scope
                .Rooms.Values.Select(one => one.Room)
                .Where(room => room.ListingId == listing.Id && room.BuyerId == buyer)
                .Select(room => room.Id)
            : [];

    public async Task ApplyAsync(Room room, DealAct act)
    {
        if (Of(room.Id).Apply(act, null, Facts(room)).Change is { } change)
            await ChangeAsync(room, change, room.SellerId, null, act is Follow);
    }

    /// <param name="clientId">Null for what the site does: one that a repetition finds again.</param>
    /// <param name="isOfListing">It follows what the seller did to the listing, which is no news to the seller.</param>
    public async Task ChangeAsync(Room room, DealChange change, long personId, Guid? clientId, bool isOfListing = false)
    {
        await KeepAsync(room, change.After);
        if (change.Step is { } step)
            Lines.Add(Line(room, change.After, step, personId, clientId, isOfListing));
        if (change.Effect is not DealEffect.None)
            await MoveListingAsync(room, change.Effect);
    }

    private Task FollowAsync(Room room) => ApplyAsync(room, new Follow());

    private async Task MoveListingAsync(Room room, DealEffect effect)
    {
        var keptFor = listing.ReservedForId;
        var state = effect switch
        {
            DealEffect.Reserve => ListingState.Reserved,
            DealEffect.Sell => ListingState.Sold,
            _ => ListingState.Active,
        };
        if (listing.IsAt(state, room.BuyerId))
            return;
        listing.MoveTo(state, scope.Now, room.BuyerId);
        scope.Events.Add(new ListingMoved(listing.Id));
        var enquiries = scope.Rooms.Values.Select(one => one.Room).Where(one => one.ListingId == listing.Id);
        Lines.AddRange(
            SettlementLines
                .Of(listing, [.. enquiries.Select(one => new Enquiry(one.Id, one.BuyerId, one.LastSeq > 0))], keptFor)
                .Where(line => line.RoomId != room.Id)
        );
        await FollowAllAsync();
    }

    private async Task KeepAsync(Room room, Deal deal)
    {
        if (!deals.TryGetValue(room.Id, out var row))
            scope.Db.Deals.Add(deals[room.Id] = row = new RoomDeal { RoomId = room.Id, ListingId = listing.Id });
        row.Become(deal);
        await DealTimer.SetAsync(scope.Db, room.Id, deal.Due);
    }

    private static NewMessage Line(
        Room room,
        Deal after,
        DealStep step,
        long personId,
        Guid? clientId,
        bool isOfListing
    ) =>
        new(room.Id, personId, clientId ?? IdOf($"deal:{room.Id}:{after.Number}:{step.Kind}:{after.Passed:O}"), "")
        {
            Kind = step.By is null && !isOfListing ? MessageKind.DealBySite : MessageKind.Deal,
            Step = step,
        };

    internal static Guid IdOf(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
}
