using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat.Deals;

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
/// A seller's own actions from the chat or from the listing: the listing changes, and a system line says so in the room of whom
/// it is about, and when it is sold or no longer is, in the rooms of all others who asked.
/// </summary>
public sealed class DealService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    AccountStates accounts,
    MessageJournal journal,
    IStringLocalizer<ChatTexts> texts
) : IDeals
{
    /// <summary>Settles it with the buyer of a room; see <see cref="IDeals.SettleAsync"/>.</summary>
    public async Task<Outcome<int>> MakeAsync(long roomId, Deal deal, int? seenMoves = null)
    {
        if (
            await currentUser.FindAsync() is not { } me
            || await PartiesAsync(me.Id, roomId) is not { } parties
            || parties.SellerId != me.Id
        )
            return Refuse(RefusalKind.NotFound, "Room.NotFound");
        var state = deal switch
        {
            Deal.Reserve => ListingState.Reserved,
            Deal.Sell => ListingState.Sold,
            _ => ListingState.Active,
        };
        return await SettleAsync(parties.ListingId, state, parties.BuyerId, seenMoves);
    }

    public async Task<Outcome<int>> SettleAsync(
        long listingId,
        ListingState state,
        long? personId = null,
        int? seenMoves = null
    )
    {
        if (await currentUser.FindAsync() is not { } me)
            return Refuse(RefusalKind.NotFound, "Deal.NotYours");
        var settlement = new Settlement(listingId, me.Id, state, personId, seenMoves);
        if (!journal.TryTake(settlement))
            return Refuse(RefusalKind.Busy, "Deal.NotSaved");
        try
        {
            return await AnswerAsync(await settlement.Stored);
        }
        catch (Exception)
        {
            // The journal has logged it. Settling once more changes nothing twice.
            return Refuse(RefusalKind.Busy, "Deal.NotSaved");
        }
    }

    private async Task<Outcome<int>> AnswerAsync(Settled settled) =>
        settled switch
        {
            { Listing: null } => Refuse(RefusalKind.NotFound, "Deal.NotYours"),
            { IsRefused: true, Listing: var now } => Refuse(
                RefusalKind.Conflict,
                now.BuyerId is null ? $"Deal.Now.{now.State}" : $"Deal.Now.{now.State}To",
                now.BuyerId is { } buyer ? (await accounts.FindAsync(buyer))?.DisplayName ?? "" : ""
            ),
            _ => settled.Listing.Moves,
        };

    private async Task<RoomParties?> PartiesAsync(long me, long roomId)
    {
        await using var db = await database.CreateDbContextAsync();
        return await RoomQueries.Parties(db, me, roomId).SingleOrDefaultAsync();
    }

    private Refusal Refuse(RefusalKind kind, string key, params object[] arguments) => new(kind, texts[key, arguments]);
}
