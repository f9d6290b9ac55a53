namespace Marketplace.Web.Chat.Deals;

/// <summary>What a screen offers to do. The names are parts of text keys.</summary>
public enum DealButton
{
    Accept,
    Counter,
    Decline,
    Withdraw,
    Renew,
    Offer,
    Confirm,
    Meet,
    Change,
    Calendar,
    Arrive,
    Done,
    NotDone,
    Cancel,
}

/// <summary>What one of the two can do next, the likeliest first.</summary>
public static class DealButtons
{
    /// <param name="mayDeal">False while one blocks the other, or the room is closed.</param>
    public static IReadOnlyList<DealButton> For(Deal deal, Side me, DealFacts facts, bool mayDeal) =>
        deal.Stage switch
        {
            DealStage.Offered or DealStage.OnHold when deal.By == me => [DealButton.Withdraw],
            DealStage.Offered when mayDeal && deal.NextOffer(me, facts.Now) is null =>
            [
                DealButton.Accept,
                DealButton.Counter,
                DealButton.Decline,
            ],
            DealStage.Offered when mayDeal => [DealButton.Accept, DealButton.Decline],
            DealStage.Offered or DealStage.OnHold => [DealButton.Decline],
            DealStage.Agreed or DealStage.Meeting when deal.Agreed?.At <= facts.Now =>
            [
                DealButton.Done,
                DealButton.NotDone,
            ],
            DealStage.Agreed or DealStage.Meeting => [.. Agreed(deal, me, facts.Now, mayDeal), DealButton.Cancel],
            DealStage.Sold or DealStage.Lost => [],
            _ when !mayDeal || !facts.MayOffer || deal.NextOffer(me, facts.Now) is not null => [],
            DealStage.Expired when deal.By == me => [DealButton.Renew, DealButton.Offer],
            _ => [DealButton.Offer],
        };

    private static IEnumerable<DealButton> Agreed(Deal deal, Side me, DateTime now, bool mayDeal)
    {
        if (!mayDeal)
            return deal.Agreed is null ? [] : [DealButton.Calendar];
        var buttons = new List<DealButton>();
        if (deal.Proposal is { } proposal && proposal.By != me && proposal.At > now)
            buttons.Add(DealButton.Confirm);
        if (deal.Agreed is { } agreed)
        {
            if (agreed.At - now <= DealMeetings.OnTheWay && !deal.Arrived.Contains(me))
                buttons.Add(DealButton.Arrive);
            buttons.Add(DealButton.Calendar);
        }
        buttons.Add(deal.Agreed is null && deal.Proposal is null ? DealButton.Meet : DealButton.Change);
        return buttons;
    }
}
