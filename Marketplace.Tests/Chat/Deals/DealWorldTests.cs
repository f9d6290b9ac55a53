using FsCheck;
using FsCheck.Fluent;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Listings;

namespace Marketplace.Tests.Chat.Deals;

/// <summary>One listing and three buyers, without a database: thousands of orders of what may happen.</summary>
public sealed class DealWorldTests
{
    private enum Turn
    {
        BuyerOffers,
        SellerOffers,
        Withdraw,
        BuyerDeclines,
        SellerDeclines,
        BuyerAccepts,
        SellerAccepts,
        Propose,
        ConfirmByBuyer,
        ConfirmBySeller,
        Cancel,
        BuyerSaysDone,
        SellerSaysDone,
        SellerSaysNot,
        SellHere,
        SellElsewhere,
        Reserve,
        Free,
        TakeAway,
        Reprice,
        Wait,
        TurnClockBack,
    }

    [Fact]
    public void Whatever_happens_in_whatever_order_the_deals_of_a_listing_agree_with_each_other()
    {
        var turns = Gen.Choose(0, (int)Turn.TurnClockBack).Zip(Gen.Choose(0, 99)).ListOf();
        var config = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(60);
        Prop.ForAll(turns.ToArbitrary(), Holds).Check(config);
    }

    private static bool Holds(IList<(int Turn, int Pick)> turns)
    {
        var world = new World();
        foreach (var (turn, pick) in turns)
        {
            world.Do((Turn)turn, pick % 3, pick);
            world.Check();
        }
        world.CheckStorage();
        return true;
    }

    /// <summary>As the journal does it: each deal follows the listing and the time before somebody acts, and all after.</summary>
    private sealed class World
    {
        private readonly Deal[] deals = [Deal.None, Deal.None, Deal.None];
        private DateTime now = new(2026, 3, 28, 12, 0, 0, DateTimeKind.Utc);
        private ListingState state = ListingState.Active;
        private int? keptFor;
        private long price = 700_00;

        public void Do(Turn turn, int room, int pick)
        {
            CatchUp(room);
            switch (turn)
            {
                case Turn.SellHere:
                    Move(ListingState.Sold, room);
                    break;
                case Turn.SellElsewhere:
                    Move(ListingState.Sold, null);
                    break;
                case Turn.Reserve when state is not ListingState.Withdrawn:
                    Move(ListingState.Reserved, room);
                    break;
                case Turn.Free:
                    Move(ListingState.Active, null);
                    break;
                case Turn.TakeAway:
                    Move(ListingState.Withdrawn, null);
                    break;
                case Turn.Reprice:
                    price = (3 + pick % 7) * 100_00;
                    break;
                case Turn.Wait:
                    now = now.AddHours(1 + pick % 40);
                    break;
                case Turn.TurnClockBack:
                    now = now.AddMinutes(-pick);
                    break;
                default:
                    if (Act(turn, pick) is var (act, side))
                        Apply(room, act, side);
                    break;
            }
            for (var other = 0; other < deals.Length; other++)
                CatchUp(other);
        }

        public void Check()
        {
            Assert.True(deals.Count(deal => deal.IsAgreed) <= 1, "one reservation at most");
            for (var room = 0; room < deals.Length; room++)
            {
                var (deal, isHis) = (deals[room], keptFor == room);
                var fits = deal.Stage switch
                {
                    DealStage.Offered => state is ListingState.Active || (state is ListingState.Reserved && isHis),
                    DealStage.OnHold => state is ListingState.Reserved && !isHis,
                    DealStage.Agreed or DealStage.Meeting => state is ListingState.Reserved && isHis,
                    DealStage.Sold => state is ListingState.Withdrawn || (state is ListingState.Sold && isHis),
                    DealStage.Lost => state is ListingState.Withdrawn or ListingState.Sold,
                    _ => true,
                };
                Assert.True(fits, $"{deal.Stage} of {room} while it is {state} for {keptFor}");
                Assert.True(deal.Stage is not DealStage.Offered || deal.Until > now, "no live offer is over");
                Assert.True(deal.Offers(Side.Buyer).Count <= 3 && deal.Offers(Side.Seller).Count <= 3, "three a day");
            }
        }

        public void CheckStorage()
        {
            foreach (var deal in deals)
                Assert.Equal(deal.ToJson(), Deal.Parse(deal.ToJson()).ToJson());
        }

        private (DealAct, Side)? Act(Turn turn, int pick) =>
            turn switch
            {
                Turn.BuyerOffers => (new Offer((1 + pick % 9) * 100_00), Side.Buyer),
                Turn.SellerOffers => (new Offer((1 + pick % 9) * 100_00), Side.Seller),
                Turn.Withdraw => (new Withdraw(), pick % 2 == 0 ? Side.Buyer : Side.Seller),
                Turn.BuyerDeclines => (new Decline(), Side.Buyer),
                Turn.SellerDeclines => (new Decline(), Side.Seller),
                Turn.BuyerAccepts => (new Accept(), Side.Buyer),
                Turn.SellerAccepts => (new Accept(), Side.Seller),
                Turn.Propose => (new Propose(new(now.AddHours(1 + pick), "UTC", "Sol", null, default)), Side.Buyer),
                Turn.ConfirmByBuyer => (new Confirm(), Side.Buyer),
                Turn.ConfirmBySeller => (new Confirm(), Side.Seller),
                Turn.Cancel => (new Cancel(CancelReason.Other, null), Side.Seller),
                Turn.BuyerSaysDone => (new Say(new(true, false, null)), Side.Buyer),
                Turn.SellerSaysDone => (new Say(new(true, false, null)), Side.Seller),
                Turn.SellerSaysNot => (new Say(new(false, pick % 2 == 0, null)), Side.Seller),
                _ => null,
            };

        private void CatchUp(int room)
        {
            Apply(room, new Follow(), null);
            // What is due may be several steps late.
            Apply(room, new PassTime(), null);
        }

        private void Apply(int room, DealAct act, Side? by)
        {
            var before = deals[room];
            var facts = new DealFacts(now, price, state, keptFor == room);
            if (before.Apply(act, by, facts).Change is not { } change)
                return;
            Assert.True(change.After.Number >= before.Number, "the number never falls");
            Assert.True(change.After.MeetingChanges >= before.MeetingChanges, "nor does that of the calendar entry");
            Assert.True(
                !before.IsAgreed || !change.After.IsAgreed || before.Price == change.After.Price,
                "an agreed price stays"
            );
            deals[room] = change.After;
            if (change.Effect is not DealEffect.None)
                Move(
                    change.Effect switch
                    {
                        DealEffect.Reserve => ListingState.Reserved,
                        DealEffect.Sell => ListingState.Sold,
                        _ => ListingState.Active,
                    },
                    room
                );
        }

        private void Move(ListingState to, int? room)
        {
            (state, keptFor) = (to, to is ListingState.Reserved or ListingState.Sold ? room : null);
            for (var one = 0; one < deals.Length; one++)
                Apply(one, new Follow(), null);
        }
    }
}
