using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat.Deals;

public enum Deal
{
    Reserve,

    /// <summary>Sells it to this buyer and informs everyone else who asked, once.</summary>
    Sell,

    /// <summary>Puts it back on sale and informs everyone who was informed of the sale.</summary>
    Release,
}

/// <summary>A seller's settlements: changes the listing and posts system lines to the rooms concerned.</summary>
public sealed class DealService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    AccountStates accounts,
    MessageJournal journal,
    IStringLocalizer<ChatTexts> texts
) : IDeals
{
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
            // A retry is safe: settling again changes nothing.
            return Refuse(RefusalKind.Busy, "Deal.NotSaved");
        }
    }

    private async Task<Outcome<int>> AnswerAsync(Settled settled) =>
        settled switch
        {
            { Listing: null } => Refuse(RefusalKind.NotFound, "Deal.NotYours"),
            { Problem: { } problem } => Refuse(RefusalKind.Forbidden, problem),
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
