namespace Marketplace.Web.Chat.Deals;

/// <summary>The shapes that changes share.</summary>
internal static class DealShapes
{
    /// <summary>The agreed meeting stays, so that its calendar entry can be cancelled.</summary>
    internal static Deal Closed(this Deal deal) =>
        deal with
        {
            Number = deal.Number + 1,
            Stage = DealStage.Closed,
            Until = null,
            Standing = null,
            SoldAt = null,
            GoneAt = null,
            Proposal = null,
            MeetingChanges = deal.Stage is DealStage.Meeting ? deal.MeetingChanges + 1 : deal.MeetingChanges,
        };

    /// <summary>Without what was said and arranged before.</summary>
    internal static Deal Fresh(this Deal deal) =>
        new()
        {
            Number = deal.Number + 1,
            By = deal.By,
            Price = deal.Price,
            MeetingChanges = deal.Agreed is null ? deal.MeetingChanges : deal.MeetingChanges + 1,
            BuyerOffers = deal.BuyerOffers,
            SellerOffers = deal.SellerOffers,
        };

    internal static DealStep Step(this Deal deal, DealStepKind kind, Side? by) =>
        new(kind, by) { Price = deal.Price, Until = deal.Until };
}
