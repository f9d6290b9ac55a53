using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Chat.Negotiation;

/// <summary>What one of a room's two, or the site, does to its deal, written with its lines in one transaction.</summary>
/// <param name="PersonId">0 for the site.</param>
/// <param name="ClientId">Of the line; the same is done once.</param>
/// <param name="Seen">The <see cref="Deal.Number"/> that the person saw; null to skip the check.</param>
internal sealed record DealMove(long RoomId, long PersonId, Guid ClientId, DealAct Act, int? Seen)
    : JournalEntry<DealMade>(RoomId, PersonId),
        IRoomsMove
{
    public static DealMove BySite(long roomId, DealAct act) => new(roomId, 0, Guid.Empty, act, null);

    // Through the person: a stranger locks nobody's listing.
    public Task<long> ListingAsync(MarketplaceDbContext db) =>
        db
            .Rooms.Where(room => room.Id == RoomId)
            .Where(room => PersonId == 0 || room.BuyerId == PersonId || room.SellerId == PersonId)
            .Select(room => room.ListingId)
            .SingleOrDefaultAsync();

    public IQueryable<long> Rooms(MarketplaceDbContext db, long listingId) =>
        DealQueries.RoomsConcerned(db, listingId, RoomId, Act.MayReserve);

    public async Task<IReadOnlyList<NewMessage>> MakeAsync(MoveScope scope)
    {
        if (
            scope.Listing is not { } listing
            || scope.Rooms.GetValueOrDefault(RoomId) is not { } inRoom
            || (PersonId != 0 && inRoom.Of(PersonId) is null)
        )
        {
            Keep(new DealMade(null));
            return [];
        }
        var book = await DealBook.ReadAsync(scope, listing);
        if (await IsRepeatedAsync(scope))
        {
            Keep(new DealMade(book.Of(RoomId)));
            return [];
        }
        await book.CatchUpAsync(inRoom.Room);
        var problem = PersonId == 0 ? null : await ActAsync(scope.Db, book, inRoom.Room);
        await scope.Db.SaveChangesAsync();
        Keep(new DealMade(book.Of(RoomId), problem));
        return book.Lines;
    }

    private async Task<bool> IsRepeatedAsync(MoveScope scope)
    {
        var key = new MessageKey(RoomId, PersonId, ClientId);
        return PersonId != 0
            && (scope.Lines.Any(line => line.Key == key) || (await scope.Store.FindAsync([key])).Count > 0);
    }

    private async Task<string?> ActAsync(MarketplaceDbContext db, DealBook book, Room room)
    {
        var (deal, by) = (book.Of(room.Id), PersonId == room.BuyerId ? Side.Buyer : Side.Seller);
        if (Act.NeedsBoth && await ProblemAsync(db, room) is { } barred)
            return barred;
        var made = deal.Apply(Act, by, book.Facts(room));
        if (made.Problem is { } problem)
            return problem;
        if (Seen is { } seen && seen != deal.Number)
            return "Deal.Changed";
        if (made.Change is { } change)
            await book.ChangeAsync(room, change, PersonId, ClientId);
        return null;
    }

    private async Task<string?> ProblemAsync(MarketplaceDbContext db, Room room) =>
        RoomRules.Problem(RoomAct.Change, room.Restrictions)
        ?? (await DealQueries.IsGone(db, room.Other(PersonId)).AnyAsync() ? "Deal.OtherGone" : null);
}

/// <summary>The deal after an act, and the text key of why the act was refused. Without a deal, there is no such room.</summary>
internal sealed record DealMade(Deal? Deal, string? Problem = null);
