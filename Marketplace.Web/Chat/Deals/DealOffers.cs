using Marketplace.Web.Listings;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Chat.Deals;

/// <summary>Offers: made, countered, taken back, declined, accepted.</summary>
internal static class DealOffers
{
    /// <summary>In minor units: only whole units of the currency are offered.</summary>
    public const long Unit = 100;

    internal static DealOutcome MakeOffer(this Deal deal, long price, Side by, DealFacts facts)
    {
        if (deal.IsAgreed)
            return "Deal.AlreadyAgreed";
        if (OnSale(facts) is { } problem)
            return problem;
        if (deal.Stage is DealStage.Offered && deal.By == by)
            return "Deal.YoursIsLive";
        if (PriceProblem(price, by, facts) is { } wrong)
            return wrong;
        if (deal.NextOffer(by, facts.Now) is not null)
            return "Deal.TooManyOffers";
        var kind =
            deal.Stage is DealStage.Offered ? DealStepKind.Countered
            : (deal.Stage, deal.By, deal.Price) == (DealStage.Expired, by, price) ? DealStepKind.OfferedAgain
            : DealStepKind.Offered;
        IReadOnlyList<DateTime> now = [.. deal.Offers(by).Where(at => facts.Now - at < Deal.OfferWindow), facts.Now];
        var after = deal.Fresh() with
        {
            Stage = DealStage.Offered,
            By = by,
            Price = price,
            ListPrice = facts.ListPrice,
            Path = deal.Stage is DealStage.Offered ? [.. deal.Path.TakeLast(Deal.MaxPath - 1), price] : [price],
            Until = facts.Now + DealSchedule.Offer,
            Passed = facts.Now,
            BuyerOffers = by is Side.Buyer ? now : deal.BuyerOffers,
            SellerOffers = by is Side.Seller ? now : deal.SellerOffers,
        };
        return new DealChange(after, after.Step(kind, by));
    }

    private static string? PriceProblem(long price, Side by, DealFacts facts) =>
        price < Unit || price % Unit != 0 || price > Money.MaxAmount ? "Deal.WrongPrice"
        : by is Side.Seller && price > facts.ListPrice ? "Deal.AboveOwnPrice"
        : by is Side.Buyer && price < facts.Floor ? "Deal.BelowFloor"
        : null;

    internal static string? OnSale(DealFacts facts) =>
        facts.MayOffer ? null
        : facts.Listing is ListingState.Reserved ? "Deal.ReservedElsewhere"
        : "Deal.NotOnSale";

    internal static DealOutcome EndOffer(this Deal deal, DealStepKind kind, Side by, bool ofOwn) =>
        deal.Stage is not (DealStage.Offered or DealStage.OnHold) ? deal.NoOffer()
        : deal.By == by != ofOwn ? (ofOwn ? "Deal.NotYourOffer" : "Deal.NotYourTurn")
        : new DealChange(deal.Closed(), new(kind, by) { Price = deal.Price });

    internal static DealOutcome AcceptOffer(this Deal deal, Side by, DealFacts facts)
    {
        if (deal.Stage is not (DealStage.Offered or DealStage.OnHold))
            return deal.NoOffer();
        if (deal.By == by)
            return "Deal.NotYourTurn";
        if (OnSale(facts) is { } problem)
            return problem;
        if (deal.Until <= facts.Now)
            return "Deal.OfferExpired";
        var after = deal.Fresh() with
        {
            Stage = DealStage.Agreed,
            Path = deal.Path,
            Until = facts.Now + DealSchedule.Reservation,
            Passed = facts.Now,
        };
        return new DealChange(after, after.Step(DealStepKind.Accepted, by), DealEffect.Reserve);
    }

    private static string NoOffer(this Deal deal) =>
        deal.Stage switch
        {
            DealStage.Agreed or DealStage.Meeting => "Deal.AlreadyAgreed",
            DealStage.Expired => "Deal.OfferExpired",
            DealStage.Sold or DealStage.Lost => "Deal.NotOnSale",
            _ => "Deal.NoOffer",
        };
}
