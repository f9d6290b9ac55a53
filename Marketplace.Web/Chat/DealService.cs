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

    /// <summary>Offers it to everybody again.</summary>
    Release,
}

/// <summary>
/// A seller's own deeds from the chat: the listing changes, and a system line says so in the room, and after a sale in the
/// rooms of all others who asked.
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
        var isNew = await StateAsync(seat.ListingId) != state;
        var moved = await listings.MoveToAsync(seat.ListingId, state, seat.BuyerId);
        if (!moved.Succeeded)
            return moved.Refusal;
        var line = new Draft(roomId, me.Id, Guid.CreateVersion7(), "")
        {
            Kind = deal switch
            {
                Deal.Reserve => MessageKind.Reserved,
                Deal.Sell => MessageKind.SoldHere,
                _ => MessageKind.Released,
            },
        };
        var refused = isNew ? await TellAsync([line]) : null;
        return refused ?? (deal == Deal.Sell ? await TellOthersAsync(seat) : null);
    }

    private async Task<Refusal?> TellOthersAsync(Seat sold)
    {
        for (var after = 0L; ; )
        {
            await using var db = await database.CreateDbContextAsync();
            var rooms = await ChatQueries.Asking(db, sold.ListingId, sold.SellerId, after, AtOnce).ToListAsync();
            var refused = await TellAsync([.. rooms.Where(id => id != sold.RoomId).Select(id => Elsewhere(sold, id))]);
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

    // The same sale has the same client id in a room, so it is told there once, however often it is tried.
    private static Draft Elsewhere(Seat sold, long roomId)
    {
        var sale = SHA256.HashData(Encoding.UTF8.GetBytes($"sold:{sold.ListingId}:{sold.BuyerId}:{roomId}"));
        return new(roomId, sold.SellerId, new Guid(sale.AsSpan(0, 16)), "") { Kind = MessageKind.SoldElsewhere };
    }

    private async Task<ListingState?> StateAsync(long listingId)
    {
        await using var db = await database.CreateDbContextAsync();
        return (await ListingQueries.Offer(db, listingId).SingleOrDefaultAsync())?.State;
    }

    private async Task<Seat?> SeatAsync(long me, long roomId)
    {
        await using var db = await database.CreateDbContextAsync();
        return await ChatQueries.Seat(db, me, roomId).SingleOrDefaultAsync();
    }
}
