using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Listings;

namespace Marketplace.Tests.Chat.Deals;

/// <summary>After an agreement: the meeting, and what came of it.</summary>
public sealed class MeetingTableTests
{
    private static readonly DateTime Noon = new(2026, 11, 29, 12, 0, 0, DateTimeKind.Utc);
    private static readonly Answer Done = new(true, false, null);
    private static readonly Answer NotDone = new(false, false, null);
    private static readonly Answer NoShow = new(false, true, "Esperé una hora");

    [Fact]
    public void A_meeting_is_agreed_when_the_other_confirms_it_and_the_reservation_lasts_until_a_day_after()
    {
        var proposed = Do(Agreed(), new Propose(Meeting(50)), Side.Buyer, 0);
        Assert.Equal("Deal.NotYourTurn", proposed.Apply(new Confirm(), Side.Buyer, At(0)).Problem);
        Assert.Equal(DealStage.Agreed, proposed.Stage);
        var met = Do(proposed, new Confirm(), Side.Seller, 0);
        Assert.Equal((DealStage.Meeting, Noon.AddHours(74)), (met.Stage, met.Until));
        Assert.Equal(Noon.AddHours(26), met.Due);
        Assert.Equal("Deal.WrongTime", Agreed().Apply(new Propose(Meeting(-1)), Side.Buyer, At(0)).Problem);
        Assert.Equal("Deal.MeetingPast", proposed.Apply(new Confirm(), Side.Seller, At(50)).Problem);
    }

    [Fact]
    public void Another_meeting_changes_the_calendar_entry_and_a_cancelled_deal_cancels_it()
    {
        var met = Met(50);
        Assert.Equal(0, met.MeetingChanges);
        var proposed = Do(met, new Propose(Meeting(60)), Side.Seller, 1);
        Assert.Equal(Noon.AddHours(50), proposed.Agreed!.At);
        var changed = Do(proposed, new Confirm(), Side.Buyer, 1);
        Assert.Equal((1, Noon.AddHours(60)), (changed.MeetingChanges, changed.Agreed!.At));
        var cancelled = changed.Apply(new Cancel(CancelReason.NoTime, null), Side.Buyer, At(2)).Change!;
        Assert.Equal((DealStage.Closed, DealEffect.Free), (cancelled.After.Stage, cancelled.Effect));
        Assert.Equal((2, Noon.AddHours(60)), (cancelled.After.MeetingChanges, cancelled.After.Agreed!.At));
    }

    [Fact]
    public void Both_are_reminded_a_day_and_two_hours_before_and_asked_two_hours_after()
    {
        var met = Met(50);
        var said = new List<DealStepKind>();
        for (var hours = 0; hours < 53; hours++)
            if (met.Apply(new PassTime(), null, At(hours)).Change is { } change)
            {
                said.Add(change.Step!.Kind);
                met = change.After;
            }
        Assert.Equal([DealStepKind.MeetingTomorrow, DealStepKind.MeetingSoon, DealStepKind.Asked], said);
        // What is agreed an hour before begins too late for the first two.
        Assert.Equal(Noon.AddHours(3), Met(1).Due);
    }

    [Fact]
    public void One_says_to_be_on_the_way_once_and_not_days_before()
    {
        var met = Met(50);
        Assert.Equal("Deal.NotToday", met.Apply(new Arrive(), Side.Buyer, At(10)).Problem);
        var arriving = Do(met, new Arrive(), Side.Buyer, 48);
        Assert.Null(arriving.Apply(new Arrive(), Side.Buyer, At(48)).Change);
        Assert.NotNull(arriving.Apply(new Arrive(), Side.Seller, At(48)).Change);
    }

    [Fact]
    public void Two_who_say_that_it_was_done_have_sold_it()
    {
        var met = Met(50);
        Assert.Equal("Deal.NotYetMet", met.Apply(new Say(Done), Side.Buyer, At(49)).Problem);
        var one = Do(met, new Say(Done), Side.Buyer, 51);
        Assert.Equal(DealStage.Meeting, one.Stage);
        var both = one.Apply(new Say(Done), Side.Seller, At(52)).Change!;
        Assert.Equal((DealStage.Sold, DealEffect.Sell, 600_00), (both.After.Stage, both.Effect, both.After.Price));
    }

    [Theory]
    [InlineData(true, DealStage.Sold, DealEffect.Sell, null)]
    [InlineData(false, DealStage.Closed, DealEffect.Free, Side.Seller)]
    public void Who_says_nothing_until_the_end_agrees_with_the_other(
        bool isDone,
        DealStage stage,
        DealEffect effect,
        Side? missed
    )
    {
        var said = Do(Met(50), new Say(isDone ? Done : NoShow), Side.Buyer, 51);
        var ended = said.Apply(new PassTime(), null, At(74)).Change!;
        Assert.Equal((stage, effect, missed), (ended.After.Stage, ended.Effect, ended.After.NoShow));
    }

    [Fact]
    public void Two_who_contradict_each_other_are_asked_and_nobody_counts_as_absent()
    {
        var said = Do(Met(50), new Say(NoShow), Side.Buyer, 51);
        var disputed = said.Apply(new Say(Done), Side.Seller, At(52)).Change!;
        Assert.True(disputed.After.IsDisputed);
        Assert.Equal((DealStepKind.Disputed, DealEffect.None), (disputed.Step!.Kind, disputed.Effect));
        var ended = disputed.After.Apply(new PassTime(), null, At(74)).Change!;
        Assert.Equal((DealStage.Closed, DealEffect.Free), (ended.After.Stage, ended.Effect));
        Assert.Null(ended.After.NoShow);
        // Until then they may still agree.
        Assert.Equal(DealStage.Sold, Do(disputed.After, new Say(Done), Side.Buyer, 53).Stage);
    }

    [Fact]
    public void Two_who_say_that_nothing_came_of_it_free_the_listing_at_once()
    {
        var said = Do(Met(50), new Say(NotDone), Side.Buyer, 51);
        var ended = said.Apply(new Say(NotDone), Side.Seller, At(51)).Change!;
        Assert.Equal((DealStage.Closed, DealEffect.Free), (ended.After.Stage, ended.Effect));
    }

    [Fact]
    public void After_the_meeting_nobody_cancels_what_the_other_says_of_it()
    {
        var said = Do(Met(50), new Say(NoShow), Side.Buyer, 51);
        Assert.Equal(
            "Deal.SayInstead",
            said.Apply(new Cancel(CancelReason.NoAnswer, null), Side.Seller, At(52)).Problem
        );
    }

    [Fact]
    public void A_sale_that_is_taken_back_keeps_the_meeting_that_is_to_come()
    {
        var sold = Do(Met(50), new Follow(), null, At(1) with { Listing = ListingState.Sold });
        var kept = Do(sold, new Follow(), null, At(2));
        Assert.Equal((DealStage.Meeting, Noon.AddHours(50)), (kept.Stage, kept.Agreed!.At));
    }

    [Fact]
    public void A_sale_without_an_agreement_names_no_price()
    {
        var onSale = At(0) with { Listing = ListingState.Active, IsForBuyer = false };
        var offered = Do(Deal.None, new Offer(600_00), Side.Buyer, onSale);
        var sold = Do(offered, new Follow(), null, At(1) with { Listing = ListingState.Sold });
        Assert.Equal((DealStage.Sold, 0L), (sold.Stage, sold.Price));
        var again = Do(sold, new Follow(), null, onSale);
        Assert.Equal((DealStage.Offered, 600_00L), (again.Stage, again.Price));
    }

    [Fact]
    public void A_sale_that_the_seller_takes_back_opens_the_deal_again_or_closes_it()
    {
        var sold = Do(Agreed(), new Follow(), null, At(1) with { Listing = ListingState.Sold, IsForBuyer = true });
        Assert.Equal((DealStage.Sold, 600_00), (sold.Stage, sold.Price));
        var kept = At(2) with { Listing = ListingState.Reserved, IsForBuyer = true };
        Assert.Equal(DealStage.Agreed, Do(sold, new Follow(), null, kept).Stage);
        Assert.Equal(
            DealStage.Closed,
            Do(sold, new Follow(), null, At(2) with { Listing = ListingState.Active }).Stage
        );
    }

    [Theory]
    [InlineData(23, DealStage.Offered)]
    [InlineData(25, DealStage.Closed)]
    public void An_offer_that_a_sale_ended_stands_again_for_a_day_and_not_for_ever(double hours, DealStage stage)
    {
        var onSale = At(0) with { Listing = ListingState.Active, IsForBuyer = false };
        var offered = Do(Deal.None, new Offer(600_00), Side.Buyer, onSale);
        var free = At(hours) with { Listing = ListingState.Active, IsForBuyer = false };
        foreach (var isForBuyer in new[] { true, false })
        {
            var sold = Do(
                offered,
                new Follow(),
                null,
                onSale with
                {
                    Listing = ListingState.Sold,
                    IsForBuyer = isForBuyer,
                }
            );
            var back = Do(sold, new Follow(), null, free);
            Assert.Equal(stage, back.Stage);
            Assert.Equal([600_00], back.Stage is DealStage.Offered ? back.Path : [600_00]);
        }
    }

    private static Meeting Meeting(double hours) =>
        new(Noon.AddHours(hours), "Europe/Madrid", "Puerta del Sol", null, default);

    private static Deal Agreed()
    {
        var onSale = At(0) with { Listing = ListingState.Active, IsForBuyer = false };
        var offered = Do(Deal.None, new Offer(600_00), Side.Buyer, onSale);
        return Do(offered, new Accept(), Side.Seller, onSale);
    }

    private static Deal Met(double hours) =>
        Do(Do(Agreed(), new Propose(Meeting(hours)), Side.Buyer, 0), new Confirm(), Side.Seller, 0);

    private static DealFacts At(double hours) =>
        new(Noon.AddHours(hours), 700_00, ListingState.Reserved, IsForBuyer: true);

    private static Deal Do(Deal deal, DealAct act, Side? by, double hours) => Do(deal, act, by, At(hours));

    private static Deal Do(Deal deal, DealAct act, Side? by, DealFacts facts)
    {
        var made = deal.Apply(act, by, facts);
        Assert.Null(made.Problem);
        return made.Change!.After;
    }
}
