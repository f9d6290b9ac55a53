using Marketplace.Web.Accounts;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat.Negotiation;

public enum Settling
{
    Reserve,

    /// <summary>Sells it to this buyer and informs everyone else who asked, once.</summary>
    Sell,

    /// <summary>Puts it back on sale and informs everyone who was informed of the sale.</summary>
    Release,
}

/// <summary>The deals of the current user's rooms, and a seller's settlements of the listing itself.</summary>
public sealed class DealService(
    CurrentUser currentUser,
    IDbContextFactory<MarketplaceDbContext> database,
    AccountStates accounts,
    MessageJournal journal,
    ChatLimits limits,
    TimeProvider clock,
    IStringLocalizer<ChatTexts> texts
) : IDeals
{
    public async Task<Outcome<int>> MakeAsync(long roomId, Settling settling, int? seenMoves = null)
    {
        if (
            await currentUser.FindAsync() is not { } me
            || await PartiesAsync(me.Id, roomId) is not { } parties
            || parties.SellerId != me.Id
        )
            return Refuse(RefusalKind.NotFound, "Room.NotFound");
        var state = settling switch
        {
            Settling.Reserve => ListingState.Reserved,
            Settling.Sell => ListingState.Sold,
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

    /// <summary>Acts on the deal of one of the caller's rooms; returns it as it is then, after the commit.</summary>
    /// <param name="clientId">A new id per act; a retry with the same id does nothing and returns the deal.</param>
    /// <param name="seen">The <see cref="Deal.Number"/> that the person saw; null to skip the check.</param>
    public async Task<Outcome<Deal>> ActAsync(long roomId, Guid clientId, DealAct act, int? seen = null)
    {
        if (await currentUser.FindAsync() is not { } me)
            return Refuse(RefusalKind.NotFound, "Room.NotFound");
        if (clientId == Guid.Empty)
            return Refuse(RefusalKind.Invalid, "Message.NoClientId");
        if (DealInput.Problem(act) is { } wrong)
            return Refuse(RefusalKind.Invalid, wrong);
        if (limits.Ask(me.Id) is { } wait)
            return new Refusal(RefusalKind.RateLimited, texts["Message.TooFast"], wait);
        var move = new DealMove(roomId, me.Id, clientId, DealInput.Clean(act), seen);
        if (!journal.TryTake(move))
            return Refuse(RefusalKind.Busy, "Deal.NotSaved");
        try
        {
            return Answer(await move.Stored);
        }
        catch (Exception)
        {
            // A retry with the same id is safe.
            return Refuse(RefusalKind.Busy, "Deal.NotSaved");
        }
    }

    /// <summary>The same for programs, and a sale to the buyer of the room by its seller.</summary>
    public async Task<Outcome<Deal>> DoAsync(long roomId, DealCall call)
    {
        if (call.Act is not DealActName.Sell)
            return call.ToAct() is { } act
                ? await ActAsync(roomId, call.ClientId, act, call.Number)
                : Refuse(RefusalKind.Invalid, "Deal.WrongAct");
        var sold = await MakeAsync(roomId, Settling.Sell);
        return sold.Succeeded ? await FindAsync(roomId) : sold.Refusal;
    }

    /// <summary>The deal of one of the caller's rooms.</summary>
    public async Task<Outcome<Deal>> FindAsync(long roomId) =>
        await RoomAsync(roomId) is { } room ? room.Deal : Refuse(RefusalKind.NotFound, "Room.NotFound");

    /// <summary>The agreed meeting of one of the caller's rooms as a calendar entry; null if there never was one.</summary>
    public async Task<string?> CalendarAsync(long roomId) =>
        await currentUser.FindAsync() is { } me && await RoomAsync(roomId) is { Deal.Agreed: { } meeting } room
            ? MeetingCalendar.Of(texts, room, meeting, me.Id, clock.GetUtcNow().UtcDateTime)
            : null;

    private async Task<RoomView?> RoomAsync(long roomId)
    {
        if (await currentUser.FindAsync() is not { } me)
            return null;
        await using var db = await database.CreateDbContextAsync();
        return await RoomQueries.Room(db, me.Id, roomId).SingleOrDefaultAsync();
    }

    private Outcome<Deal> Answer(DealMade made) =>
        made switch
        {
            { Deal: null } => Refuse(RefusalKind.NotFound, "Room.NotFound"),
            { Problem: "Deal.WrongPrice" or "Deal.WrongTime" } => Refuse(RefusalKind.Invalid, made.Problem),
            { Problem: { } problem } => Refuse(RefusalKind.Conflict, problem),
            { Deal: var deal } => deal,
        };

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
