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
/// A seller's own deeds from the chat or from the listing: the listing changes, and a system line says so in the room of whom
/// it is about, and when it is sold or no longer is, in the rooms of all others who asked.
/// </summary>
public sealed class DealService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    ListingService listings,
    MessageJournal journal,
    IStringLocalizer<ChatTexts> texts
) : IDeals
{
    /// <summary>How many rooms are told between two breaths of the journal.</summary>
    private const int AtOnce = 200;

    /// <summary>Settles it with the buyer of a room. The refusal; null if it is done.</summary>
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
        return await SettleAsync(seat.ListingId, state, seat.BuyerId);
    }

    public async Task<Refusal?> SettleAsync(long listingId, ListingState state, long? personId = null)
    {
        var keptFor = (await listings.FindAsync(listingId))?.ReservedForId;
        var moved = await listings.MoveToAsync(listingId, state, personId);
        if (!moved.Succeeded)
            return moved.Refusal;
        var move = await MoveAsync(listingId, personId ?? (state == ListingState.Active ? keptFor : null));
        MessageKind? elsewhere =
            state == ListingState.Sold ? MessageKind.SoldElsewhere
            : state == ListingState.Active && move.From == ListingState.Sold ? MessageKind.Released
            : null;
        return await TellAsync(Here(move, state)) ?? (elsewhere is { } kind ? await TellOthersAsync(move, kind) : null);
    }

    private static List<Draft> Here(Move move, ListingState state)
    {
        MessageKind? kind = state switch
        {
            ListingState.Reserved => MessageKind.Reserved,
            ListingState.Sold => MessageKind.SoldHere,
            ListingState.Active => MessageKind.Released,
            _ => null,
        };
        return kind is { } told && move.RoomId is { } room ? [Line(move, room, told)] : [];
    }

    private async Task<Refusal?> TellOthersAsync(Move move, MessageKind kind)
    {
        for (var after = 0L; ; )
        {
            await using var db = await database.CreateDbContextAsync();
            var rooms = await ChatQueries.Asking(db, move.ListingId, move.SellerId, after, AtOnce).ToListAsync();
            var refused = await TellAsync([.. rooms.Where(id => id != move.RoomId).Select(id => Line(move, id, kind))]);
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
    private static Draft Line(Move move, long roomId, MessageKind kind)
    {
        var name = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{move.ListingId}:{move.Number}:{roomId}"));
        return new(roomId, move.SellerId, new Guid(name.AsSpan(0, 16)), "") { Kind = kind };
    }

    private async Task<Move> MoveAsync(long listingId, long? personId)
    {
        await using var db = await database.CreateDbContextAsync();
        return await EnquiryQueries.LastMove(db, listingId, personId).SingleAsync();
    }

    private async Task<Seat?> SeatAsync(long me, long roomId)
    {
        await using var db = await database.CreateDbContextAsync();
        return await ChatQueries.Seat(db, me, roomId).SingleOrDefaultAsync();
    }
}
