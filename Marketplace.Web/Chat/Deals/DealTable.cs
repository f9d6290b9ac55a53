namespace Marketplace.Web.Chat.Deals;

/// <summary>A change, or the text key of why there is none; neither if there is nothing to do.</summary>
internal readonly record struct DealOutcome(DealChange? Change, string? Problem)
{
    public static DealOutcome Nothing => default;

    public static implicit operator DealOutcome(DealChange change) => new(change, null);

    public static implicit operator DealOutcome(string problem) => new(null, problem);
}

/// <summary>All that may become of a deal, as one pure function. The table is drawn in docs/architecture.md.</summary>
internal static class DealTable
{
    /// <param name="by">Null for the site.</param>
    public static DealOutcome Apply(this Deal deal, DealAct act, Side? by, DealFacts facts) =>
        (act, by) switch
        {
            (Offer offer, { } side) => deal.MakeOffer(offer.Price, side, facts),
            (Withdraw, { } side) => deal.EndOffer(DealStepKind.Withdrawn, side, ofOwn: true),
            (Decline, { } side) => deal.EndOffer(DealStepKind.Declined, side, ofOwn: false),
            (Accept, { } side) => deal.AcceptOffer(side, facts),
            (Propose propose, { } side) => deal.ProposeMeeting(propose.Meeting with { By = side }, facts),
            (Confirm, { } side) => deal.ConfirmMeeting(side, facts),
            (Arrive, { } side) => deal.SayOnTheWay(side, facts),
            (Cancel cancel, { } side) => deal.CancelDeal(cancel, side, facts),
            (Say say, { } side) => deal.SayOutcome(say.Answer, side, facts),
            (PassTime, null) => deal.LetPass(facts.Now),
            (Follow, null) => deal.FollowListing(facts),
            _ => throw new ArgumentException($"{act} is no act of {by}.", nameof(act)),
        };
}
