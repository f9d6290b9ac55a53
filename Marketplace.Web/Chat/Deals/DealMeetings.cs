namespace Marketplace.Web.Chat.Deals;

/// <summary>What follows an agreement: the meeting, and what came of it.</summary>
internal static class DealMeetings
{
    private static readonly TimeSpan MaxAhead = TimeSpan.FromDays(60);

    /// <summary>From how long before the meeting one can say to be on the way.</summary>
    internal static readonly TimeSpan OnTheWay = TimeSpan.FromHours(3);

    internal static DealOutcome ProposeMeeting(this Deal deal, Meeting meeting, DealFacts facts)
    {
        if (!deal.IsAgreed)
            return "Deal.NothingAgreed";
        if (meeting.At <= facts.Now || meeting.At > facts.Now + MaxAhead)
            return "Deal.WrongTime";
        var after = deal with { Number = deal.Number + 1, Proposal = meeting };
        return new DealChange(after, new(DealStepKind.Proposed, meeting.By) { Meeting = meeting });
    }

    internal static DealOutcome ConfirmMeeting(this Deal deal, Side by, DealFacts facts)
    {
        if (!deal.IsAgreed)
            return "Deal.NothingAgreed";
        if (deal.Proposal is not { } meeting)
            return "Deal.NoProposal";
        if (meeting.By == by)
            return "Deal.NotYourTurn";
        if (meeting.At <= facts.Now)
            return "Deal.MeetingPast";
        var after = deal with
        {
            Number = deal.Number + 1,
            Stage = DealStage.Meeting,
            Until = meeting.At + DealSchedule.AfterMeeting,
            Proposal = null,
            Agreed = meeting,
            MeetingChanges = deal.Agreed is null ? deal.MeetingChanges : deal.MeetingChanges + 1,
            Passed = facts.Now,
            BuyerSays = null,
            SellerSays = null,
            IsDisputed = false,
            Arrived = [],
        };
        return new DealChange(after, new(DealStepKind.Met, by) { Meeting = meeting });
    }

    internal static DealOutcome SayOnTheWay(this Deal deal, Side by, DealFacts facts)
    {
        if (deal is not { Stage: DealStage.Meeting, Agreed: { } meeting })
            return "Deal.NothingAgreed";
        if ((meeting.At - facts.Now).Duration() > OnTheWay)
            return "Deal.NotToday";
        return deal.Arrived.Contains(by)
            ? DealOutcome.Nothing
            : new DealChange(deal with { Arrived = [.. deal.Arrived, by] }, new(DealStepKind.Arriving, by));
    }

    internal static DealOutcome CancelDeal(this Deal deal, Cancel cancel, Side by, DealFacts facts) =>
        !deal.IsAgreed ? "Deal.NothingAgreed"
        : deal.Agreed?.At <= facts.Now ? "Deal.SayInstead"
        : new DealChange(
            deal.Closed(),
            new(DealStepKind.Cancelled, by)
            {
                Price = deal.Price,
                Reason = cancel.Reason,
                Word = cancel.Word,
            },
            DealEffect.Free
        );

    internal static DealOutcome SayOutcome(this Deal deal, Answer answer, Side by, DealFacts facts)
    {
        if (deal is not { Stage: DealStage.Meeting, Agreed: { } meeting })
            return "Deal.NothingAgreed";
        if (facts.Now < meeting.At)
            return "Deal.NotYetMet";
        var after = deal with
        {
            Number = deal.Number + 1,
            BuyerSays = by is Side.Buyer ? answer : deal.BuyerSays,
            SellerSays = by is Side.Seller ? answer : deal.SellerSays,
        };
        var said = new DealStep(DealStepKind.Said, by) { IsDone = answer.IsDone, Word = answer.Word };
        return after.Says(by.Other()) is not { } other ? new DealChange(after, said)
            : (answer.IsDone, other.IsDone) is (true, true) ? after.Sell(facts.Now)
            : answer is { IsDone: false, IsNoShow: false } && other is { IsDone: false, IsNoShow: false }
                ? new DealChange(after.Closed(), new(DealStepKind.NotDone, null), DealEffect.Free)
            : deal.IsDisputed ? new DealChange(after, said)
            : new DealChange(after with { IsDisputed = true }, new(DealStepKind.Disputed, by) { Word = answer.Word });
    }

    // Who says nothing agrees with the other.
    internal static DealChange EndReservation(this Deal deal, DateTime now) =>
        deal switch
        {
            { IsDisputed: false, BuyerSays.IsDone: true } or { IsDisputed: false, SellerSays.IsDone: true } =>
                deal.Sell(now),
            { IsDisputed: false, BuyerSays.IsNoShow: true } => deal.Miss(Side.Seller),
            { IsDisputed: false, SellerSays.IsNoShow: true } => deal.Miss(Side.Buyer),
            _ => new(deal.Closed(), new(DealStepKind.ReservationEnded, null) { Price = deal.Price }, DealEffect.Free),
        };

    internal static DealChange Sell(this Deal deal, DateTime now) =>
        new(
            deal with
            {
                Number = deal.Number + 1,
                Stage = DealStage.Sold,
                Until = null,
                SoldAt = now,
                Proposal = null,
            },
            new(DealStepKind.Sold, null) { Price = deal.Price },
            DealEffect.Sell
        );

    private static DealChange Miss(this Deal deal, Side who) =>
        new(deal.Closed() with { NoShow = who }, new(DealStepKind.NoShow, null) { Who = who }, DealEffect.Free);
}
