using System.Security.Cryptography;
using System.Text;
using Marketplace.Web.Accounts;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat;

/// <summary>What a seller settles in a room.</summary>
public enum Deal
{
    /// <summary>Keeps the listing for this buyer.</summary>
    Reserve,

    /// <summary>Sells it to this buyer: the others who asked are told so, once.</summary>
    Sell,

    /// <summary>Offers it to everybody again: whoever was told of a sale is told so.</summary>
    Release,
}

/// <summary>
/// A seller's own deeds from the chat: the listing changes, and a system line says so in the room, and when it is sold or no
/// longer is, in the rooms of all others who asked.
/// </summary>
public sealed class DealService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    ListingService listings,
    MessageJournal journal,
    IStringLocalizer<ChatTexts> texts
)
{
    /// <summary>How many rooms are told between two breaths of the journal.</summary>
    private const int AtOnce = 200;

    /// <summary>The refusal; null if it is done.</summary>
    public async Task<Refusal?> MakeAsync(long roomId, Deal deal)
    {
        if (
            await currentUser.FindAsync() is not { } me
            || await SeatAsync(me.Id, roomId) is not { } seat
            || seat.SellerId != me.Id
        )
            return new Refusal(RefusalKind.NotFound, texts["Room.NotFound"]);
        var state = deal switch
        {
            Deal.Reserve => ListingState.Reserved,
            Deal.Sell => ListingState.Sold,
            _ => ListingState.Active,
        };
        var moved = await listings.MoveToAsync(seat.ListingId, state, seat.BuyerId);
        if (!moved.Succeeded)
            return moved.Refusal;
        var (move, from) = await MoveAsync(seat.ListingId);
        var here = deal switch
        {
            Deal.Reserve => MessageKind.Reserved,
            Deal.Sell => MessageKind.SoldHere,
            _ => MessageKind.Released,
        };
        MessageKind? elsewhere =
            deal == Deal.Sell ? MessageKind.SoldElsewhere
            : from == ListingState.Sold ? MessageKind.Released
            : null;
        return await TellAsync([Line(seat, move, roomId, here)])
            ?? (elsewhere is { } kind ? await TellOthersAsync(seat, move, kind) : null);
    }

    private async Task<Refusal?> TellOthersAsync(Seat seat, int move, MessageKind kind)
    {
        for (var after = 0L; ; )
        {
            await using var db = await database.CreateDbContextAsync();
            var rooms = await ChatQueries.Asking(db, seat.ListingId, seat.SellerId, after, AtOnce).ToListAsync();
            var refused = await TellAsync([
                .. rooms.Where(id => id != seat.RoomId).Select(id => Line(seat, move, id, kind)),
            ]);
            if (refused is not null || rooms.Count < AtOnce)
                return refused;
            after = rooms[^1];
        }
    }

    private async Task<Refusal?> TellAsync(List<Draft> lines)
    {
        if (!lines.TrueForAll(journal.TryTake))
            return new Refusal(RefusalKind.Busy, texts["Message.Busy"]);
        try
        {
            await Task.WhenAll(lines.Select(line => line.Stored));
            return null;
        }
        catch (Exception)
        {
            // The journal has logged it; trying again tells nobody twice.
            return new Refusal(RefusalKind.Busy, texts["Message.NotStored"]);
        }
    }

    // The same change of the listing has the same client id in a room, so it is told there once, however often it is tried.
    private static Draft Line(Seat seat, int move, long roomId, MessageKind kind)
    {
        var name = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{seat.ListingId}:{move}:{roomId}"));
        return new(roomId, seat.SellerId, new Guid(name.AsSpan(0, 16)), "") { Kind = kind };
    }

    private async Task<(int Move, ListingState? From)> MoveAsync(long listingId)
    {
        await using var db = await database.CreateDbContextAsync();
        var move = await db
            .Listings.Where(listing => listing.Id == listingId)
            .Select(listing => new { listing.Moves, listing.MovedFrom })
            .SingleAsync();
        return (move.Moves, move.MovedFrom);
    }

    private async Task<Seat?> SeatAsync(long me, long roomId)
    {
        await using var db = await database.CreateDbContextAsync();
        return await ChatQueries.Seat(db, me, roomId).SingleOrDefaultAsync();
    }
}
