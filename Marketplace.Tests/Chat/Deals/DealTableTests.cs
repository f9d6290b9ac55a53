using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Listings;

namespace Marketplace.Tests.Chat.Deals;

/// <summary>The table of a deal: who may do what, and what becomes of it.</summary>
public sealed class DealTableTests
{
    private static readonly DateTime Noon = new(2026, 11, 29, 12, 0, 0, DateTimeKind.Utc);
    private static readonly DealFacts OnSale = new(Noon, 700_00, ListingState.Active, IsForBuyer: false);
    private static readonly DealFacts Kept = OnSale with { Listing = ListingState.Reserved, IsForBuyer = true };
    private static readonly DealFacts KeptForAnother = OnSale with { Listing = ListingState.Reserved };

    [Theory]
    [InlineData(0, Side.Buyer, "Deal.WrongPrice")]
    [InlineData(-100, Side.Buyer, "Deal.WrongPrice")]
    [InlineData(650_50, Side.Buyer, "Deal.WrongPrice")]
    [InlineData(long.MaxValue, Side.Buyer, "Deal.WrongPrice")]
    [InlineData(701_00, Side.Seller, "Deal.AboveOwnPrice")]
    [InlineData(399_00, Side.Buyer, "Deal.BelowFloor")]
    [InlineData(400_00, Side.Buyer, null)]
    [InlineData(399_00, Side.Seller, null)]
    [InlineData(800_00, Side.Buyer, null)]
    public void An_offer_is_in_whole_units_within_what_the_seller_asks_and_wants_to_see(
        long price,
        Side by,
        string? problem
    ) => Assert.Equal(problem, Deal.None.Apply(new Offer(price), by, OnSale with { Floor = 400_00 }).Problem);

    [Fact]
    public void Only_the_other_side_accepts_or_declines_and_only_who_offered_withdraws()
    {
        var offered = Do(Deal.None, new Offer(600_00), Side.Buyer, OnSale);
        Assert.Equal("Deal.NotYourTurn", offered.Apply(new Accept(), Side.Buyer, OnSale).Problem);
        Assert.Equal("Deal.NotYourTurn", offered.Apply(new Decline(), Side.Buyer, OnSale).Problem);
        Assert.Equal("Deal.NotYourOffer", offered.Apply(new Withdraw(), Side.Seller, OnSale).Problem);
        Assert.Equal("Deal.YoursIsLive", offered.Apply(new Offer(610_00), Side.Buyer, OnSale).Problem);
        Assert.Equal(DealStage.Closed, Do(offered, new Decline(), Side.Seller, OnSale).Stage);
        Assert.Equal(DealStage.Closed, Do(offered, new Withdraw(), Side.Buyer, OnSale).Stage);
    }

    [Fact]
    public void A_counter_offer_ends_the_offer_before_it_for_good()
    {
        var countered = Do(Offered(600_00), new Offer(650_00), Side.Seller, OnSale);
        Assert.Equal((Side.Seller, 650_00), (countered.By, countered.Price));
        Assert.Equal([600_00, 650_00], countered.Path);
        Assert.Equal("Deal.NotYourTurn", countered.Apply(new Accept(), Side.Seller, OnSale).Problem);
        Assert.Equal(650_00, Do(countered, new Accept(), Side.Buyer, OnSale).Price);
    }

    [Fact]
    public void Each_side_offers_three_times_in_a_day_and_again_when_the_first_is_a_day_old()
    {
        var deal = Deal.None;
        for (var i = 0; i < 3; i++)
        {
            var now = OnSale with { Now = Noon.AddHours(i) };
            deal = Do(Do(deal, new Offer(600_00), Side.Buyer, now), new Withdraw(), Side.Buyer, now);
        }
        Assert.Equal("Deal.TooManyOffers", deal.Apply(new Offer(600_00), Side.Buyer, At(23.9)).Problem);
        Assert.Equal(Noon.AddHours(24), deal.NextOffer(Side.Buyer, At(23.9).Now));
        Assert.DoesNotContain(DealButton.Offer, DealButtons.For(deal, Side.Buyer, At(23.9), mayDeal: true));
        Assert.Contains(DealButton.Offer, DealButtons.For(deal, Side.Seller, At(23.9), mayDeal: true));
        Assert.Contains(DealButton.Offer, DealButtons.For(deal, Side.Buyer, At(24), mayDeal: true));
        Assert.Null(deal.Apply(new Offer(600_00), Side.Seller, At(23.9)).Problem);
        Assert.Null(deal.Apply(new Offer(600_00), Side.Buyer, At(24)).Problem);
    }

    [Fact]
    public void An_offer_reminds_after_a_day_and_a_half_and_expires_after_two()
    {
        var offered = Offered(600_00);
        Assert.Equal(Noon.AddHours(36), offered.Due);
        Assert.Null(offered.Apply(new PassTime(), null, At(35.9)).Change);
        var reminded = offered.Apply(new PassTime(), null, At(36)).Change!;
        Assert.Equal(DealStepKind.OfferEnds, reminded.Step!.Kind);
        Assert.Equal(offered.Number, reminded.After.Number);
        Assert.Null(reminded.After.Apply(new PassTime(), null, At(36)).Change);
        Assert.Equal("Deal.OfferExpired", reminded.After.Apply(new Accept(), Side.Seller, At(48)).Problem);
        var expired = reminded.After.Apply(new PassTime(), null, At(48)).Change!;
        Assert.Equal((DealStage.Expired, DealStepKind.Expired), (expired.After.Stage, expired.Step!.Kind));
        Assert.Null(expired.After.Due);
        Assert.Equal(
            DealStepKind.OfferedAgain,
            expired.After.Apply(new Offer(600_00), Side.Buyer, At(49)).Change!.Step!.Kind
        );
    }

    [Fact]
    public void Who_slept_through_the_reminder_hears_of_the_end_alone()
    {
        var late = Offered(600_00).Apply(new PassTime(), null, At(100)).Change!;
        Assert.Equal(DealStepKind.Expired, late.Step!.Kind);
    }

    [Fact]
    public void A_clock_that_is_set_back_repeats_nothing()
    {
        var reminded = Do(Offered(600_00), new PassTime(), null, At(37));
        Assert.Null(reminded.Apply(new PassTime(), null, At(10)).Change);
        Assert.Null(reminded.Apply(new PassTime(), null, At(37)).Change);
        Assert.Equal(Noon.AddHours(48), reminded.Due);
    }

    [Fact]
    public void An_accepted_offer_reserves_for_three_days_at_its_price()
    {
        var accepted = Offered(600_00).Apply(new Accept(), Side.Seller, OnSale).Change!;
        Assert.Equal(DealEffect.Reserve, accepted.Effect);
        Assert.Equal((DealStage.Agreed, 600_00), (accepted.After.Stage, accepted.After.Price));
        Assert.Equal(Noon.AddHours(72), accepted.After.Until);
        Assert.Equal("Deal.AlreadyAgreed", accepted.After.Apply(new Accept(), Side.Seller, Kept).Problem);
        Assert.Null(accepted.After.Apply(new Follow(), null, Kept with { ListPrice = 1_00 }).Change);
        var ended = accepted.After.Apply(new PassTime(), null, Kept with { Now = Noon.AddHours(72) }).Change!;
        Assert.Equal((DealStage.Closed, DealEffect.Free), (ended.After.Stage, ended.Effect));
    }

    [Fact]
    public void Offers_wait_while_the_listing_is_kept_for_another_and_live_for_a_day_when_it_is_free()
    {
        var held = Do(Offered(600_00), new Follow(), null, KeptForAnother);
        Assert.Equal((DealStage.OnHold, (DateTime?)null), (held.Stage, held.Due));
        Assert.Equal("Deal.ReservedElsewhere", held.Apply(new Accept(), Side.Seller, KeptForAnother).Problem);
        var revived = held.Apply(new Follow(), null, At(60)).Change!;
        Assert.Equal((DealStage.Offered, DealStepKind.Revived), (revived.After.Stage, revived.Step!.Kind));
        Assert.Equal(Noon.AddHours(84), revived.After.Until);
        Assert.Equal(
            DealStage.Lost,
            Do(held, new Follow(), null, KeptForAnother with { Listing = ListingState.Sold }).Stage
        );
    }

    [Fact]
    public void A_price_below_the_offer_closes_it_and_one_above_does_not()
    {
        var offered = Offered(600_00);
        Assert.Null(offered.Apply(new Follow(), null, OnSale with { ListPrice = 600_00 }).Change);
        var closed = offered.Apply(new Follow(), null, OnSale with { ListPrice = 599_00 }).Change!;
        Assert.Equal((DealStage.Closed, DealStepKind.PriceFell), (closed.After.Stage, closed.Step!.Kind));
    }

    [Fact]
    public void Nothing_is_offered_on_what_is_not_for_sale()
    {
        Assert.Equal("Deal.ReservedElsewhere", Deal.None.Apply(new Offer(1_00), Side.Buyer, KeptForAnother).Problem);
        foreach (var state in new[] { ListingState.Sold, ListingState.Withdrawn })
            Assert.Equal(
                "Deal.NotOnSale",
                Deal.None.Apply(new Offer(1_00), Side.Buyer, OnSale with { Listing = state }).Problem
            );
        Assert.Null(Deal.None.Apply(new Offer(600_00), Side.Buyer, Kept).Problem);
    }

    [Fact]
    public void What_a_deal_is_survives_its_storage()
    {
        var deal = Do(Offered(600_00), new Offer(650_00), Side.Seller, OnSale);
        var again = Deal.Parse(deal.ToJson());
        Assert.Equal(deal.ToJson(), again.ToJson());
        Assert.Equal(deal.Due, again.Due);
        var step = DealStep.OfMark(new DealStep(DealStepKind.Offered, Side.Buyer) { Price = 600_00 }.Mark)!;
        Assert.Equal((DealStepKind.Offered, Side.Buyer, 600_00), (step.Kind, step.By, step.Price));
    }

    private static Deal Offered(long price) => Do(Deal.None, new Offer(price), Side.Buyer, OnSale);

    private static DealFacts At(double hours) => OnSale with { Now = Noon.AddHours(hours) };

    private static Deal Do(Deal deal, DealAct act, Side? by, DealFacts facts)
    {
        var made = deal.Apply(act, by, facts);
        Assert.Null(made.Problem);
        return made.Change!.After;
    }
}
