using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Marketplace.Web.Chat.Negotiation;

/// <summary>What the strip says to one of the two.</summary>
internal static class StripSentence
{
    /// <summary>Null before the first offer, and after what is over, unless the buyer has to know why nothing can be offered.</summary>
    public static string? Of(
        IStringLocalizer<ChatTexts> texts,
        ReaderClock clock,
        Deal deal,
        Side me,
        string other,
        DealFacts facts
    )
    {
        var now = facts.Now;
        var price = Money.Show(deal.Price, Money.Currency);
        var isMine = deal.By == me;
        return deal switch
        {
            { Stage: DealStage.Offered } => texts[
                isMine ? "Strip.OfferedMine" : "Strip.OfferedTheirs",
                price,
                other
            ].Value,
            { Stage: DealStage.OnHold } => texts["Strip.OnHold", price].Value,
            { Stage: DealStage.Expired } => texts[isMine ? "Strip.ExpiredMine" : "Strip.ExpiredTheirs", price].Value,
            { IsDisputed: true } => texts["Strip.Disputed"].Value,
            { Agreed: { } met } when deal.IsAgreed && now >= met.At => texts[
                deal.Says(me) is null ? "Strip.Asked" : "Strip.Said",
                other
            ].Value,
            { Proposal: { } past, IsAgreed: true } when past.At <= now => texts["Strip.ProposalPast"].Value,
            { Proposal: { } meeting, IsAgreed: true } => texts[
                meeting.By == me ? "Strip.ProposalMine" : "Strip.ProposalTheirs",
                clock.When(meeting.At),
                other
            ].Value,
            { Stage: DealStage.Meeting, Agreed: { } meeting } => texts["Strip.Meeting", clock.When(meeting.At)].Value,
            { Stage: DealStage.Agreed, Until: { } until } => texts["Strip.Agreed", price, clock.When(until)].Value,
            { Stage: DealStage.Sold, Price: > 0 } => texts["Strip.Sold", price].Value,
            { Stage: DealStage.Sold } => texts["Strip.SoldPlain"].Value,
            _ => facts is { Listing: ListingState.Reserved, IsForBuyer: false } && me is Side.Buyer
                ? texts["Strip.ReservedElsewhere"].Value
                : null,
        };
    }

    /// <summary>The time that is left, the way to the price, where the meeting is, what to beware of, or why it stops.</summary>
    /// <param name="mayDeal">False while one blocks the other, or the room is closed.</param>
    public static string? More(
        IStringLocalizer<ChatTexts> texts,
        ReaderClock clock,
        Deal deal,
        Side me,
        string other,
        DealFacts facts,
        bool mayDeal
    ) =>
        deal switch
        {
            { IsOpen: true } when !mayDeal => texts["Strip.Stopped"].Value,
            { Stage: DealStage.Offered, Until: { } until } => Join(
                // First, as a long way to the price is cut off on a phone.
                deal.By == me
                    ? null
                    : NoMore(texts, clock, deal, me, facts.Now),
                Left(texts, until - facts.Now),
                Path(deal),
                deal.Price == facts.ListPrice
                    ? null
                    : texts["Strip.ListPrice", Money.Show(facts.ListPrice, Money.Currency)].Value
            ),
            { IsAgreed: true, Proposal: { } meeting } => Join(
                clock.Elsewhere(meeting.At, meeting.Zone),
                VisibleText.Isolated(meeting.Place),
                VisibleText.Isolated(meeting.Note)
            ),
            { IsAgreed: true, Agreed: { } meeting } => Join(
                Money.Show(deal.Price, Money.Currency),
                clock.Elsewhere(meeting.At, meeting.Zone),
                VisibleText.Isolated(meeting.Place),
                VisibleText.Isolated(meeting.Note),
                facts.Now < meeting.At ? Arriving(texts, deal, me, other) : null
            ),
            { Stage: DealStage.Agreed } => Join(Path(deal), texts["Strip.NeverPay"].Value),
            { Stage: DealStage.None or DealStage.Closed or DealStage.Expired } when mayDeal && facts.MayOffer => NoMore(
                texts,
                clock,
                deal,
                me,
                facts.Now
            ),
            _ => null,
        };

    private static string? Arriving(IStringLocalizer<ChatTexts> texts, Deal deal, Side me, string other) =>
        (deal.Arrived.Contains(me), deal.Arrived.Contains(me.Other())) switch
        {
            (true, true) => texts["Strip.ArrivingBoth"].Value,
            (true, false) => texts["Strip.ArrivingMine"].Value,
            (false, true) => texts["Strip.Arriving", other].Value,
            _ => null,
        };

    private static string? NoMore(
        IStringLocalizer<ChatTexts> texts,
        ReaderClock clock,
        Deal deal,
        Side me,
        DateTime now
    ) =>
        deal.NextOffer(me, now) is { } next
            ? texts["Strip.NoMoreOffers", Deal.OffersInWindow, clock.When(next)].Value
            : null;

    /// <summary>When sentence or buttons change by themselves next (UTC); null if never.</summary>
    public static DateTime? ChangesAt(Deal deal, Side me, DateTime now) => new[]
        {
            deal.Agreed?.At,
            deal.Agreed?.At - DealMeetings.OnTheWay,
            deal.Proposal?.At,
            deal.NextOffer(me, now),
            deal.Until,
            // The time that is left is told in hours, at last in minutes.
            deal is { Stage: DealStage.Offered, Until: { } until }
                ? now + Rest(until - now)
                : null,
        }.Where(at => at > now).Min();

    private static TimeSpan Rest(TimeSpan left) =>
        new(1 + (left.Ticks - 1) % (left.TotalHours > 1 ? TimeSpan.TicksPerHour : TimeSpan.TicksPerMinute));

    private static string Left(IStringLocalizer<ChatTexts> texts, TimeSpan left) =>
        left.TotalHours >= 1 ? texts["Strip.Hours", (int)left.TotalHours]
        : left > TimeSpan.Zero ? texts["Strip.Minutes", (int)Math.Ceiling(left.TotalMinutes)]
        : texts["Strip.Over"];

    private static string? Path(Deal deal) =>
        deal.Path.Count < 2 ? null : string.Join(" → ", deal.Path.Select(price => Money.Show(price, Money.Currency)));

    private static string? Join(params string?[] parts) =>
        string.Join(" · ", parts.OfType<string>()) is { Length: > 0 } all ? all : null;
}
