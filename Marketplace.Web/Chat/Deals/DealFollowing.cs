using Marketplace.Web.Listings;

namespace Marketplace.Web.Chat.Deals;

/// <summary>What happens to a deal without its two: time passes, and the listing changes.</summary>
internal static class DealFollowing
{
    /// <summary>How long the offers that a sale ended stand again if it is taken back; later nobody waits for them.</summary>
    internal static readonly TimeSpan Undo = TimeSpan.FromHours(24);

    internal static DealOutcome LetPass(this Deal deal, DateTime now)
    {
        var due = DealSchedule.Of(deal).LastOrDefault(step => step.At <= now && !(step.At <= deal.Passed));
        return due switch
        {
            null => DealOutcome.Nothing,
            { Kind: DealStepKind.Expired } => new DealChange(
                deal.Closed() with
                {
                    Stage = DealStage.Expired,
                },
                new(DealStepKind.Expired, null) { Price = deal.Price }
            ),
            { Kind: DealStepKind.ReservationEnded } => deal.EndReservation(now),
            _ => new DealChange(
                deal with
                {
                    Passed = due.At,
                },
                deal.Step(due.Kind, null) with
                {
                    Meeting = deal.Agreed,
                }
            ),
        };
    }

    internal static DealOutcome FollowListing(this Deal deal, DealFacts facts) =>
        (facts.Listing, facts.IsForBuyer) switch
        {
            (ListingState.Sold, true) => deal.Stage is DealStage.Sold ? DealOutcome.Nothing : deal.SoldBySeller(facts),
            (ListingState.Sold, false) => deal.IsOpen || deal.Stage is DealStage.Sold
                ? new DealChange(
                    deal.Closed() with
                    {
                        Stage = DealStage.Lost,
                        Standing = deal.Offer(),
                        SoldAt = facts.Now,
                    },
                    // Of an offer, the journal's own line tells enough.
                    deal.IsAgreed
                        ? new(DealStepKind.AgreementGone, null) { Price = deal.Price }
                        : null
                )
                : DealOutcome.Nothing,
            (ListingState.Reserved, true) => deal.Stage switch
            {
                DealStage.OnHold => deal.Revive(facts.Now),
                DealStage.Sold when deal.Standing is null => Silently(deal.Again(facts.Now)),
                DealStage.Lost or DealStage.Closed when deal.WasAgreed(facts.Now) => Silently(deal.Again(facts.Now)),
                DealStage.Closed when deal.Stands(facts.Now) => deal.Restored().Revive(facts.Now),
                DealStage.Sold or DealStage.Lost when deal.Stands(facts.Now) => deal.Restored().Revive(facts.Now),
                DealStage.Sold or DealStage.Lost => Silently(deal.Closed()),
                _ => DealOutcome.Nothing,
            },
            (ListingState.Reserved, false) => deal.Stage switch
            {
                DealStage.Offered => deal.Hold(),
                DealStage.Sold or DealStage.Lost or DealStage.Closed when deal.Stands(facts.Now) => deal.Restored()
                    .Hold(),
                DealStage.Agreed or DealStage.Meeting or DealStage.Sold or DealStage.Lost => Silently(deal.Closed()),
                DealStage.Closed when deal.GoneAt is not null => Silently(deal.Over()),
                _ => DealOutcome.Nothing,
            },
            (ListingState.Active, _) => deal.FollowFree(facts),
            _ => deal.IsOpen
                ? new DealChange(
                    deal.Closed() with
                    {
                        Standing = deal.Offer(),
                        GoneAt = facts.Now,
                    },
                    new(deal.IsAgreed ? DealStepKind.AgreementGone : DealStepKind.Gone, null) { Price = deal.Price }
                )
                : DealOutcome.Nothing,
        };

    private static DealOutcome FollowFree(this Deal deal, DealFacts facts) =>
        deal.Stage switch
        {
            DealStage.Offered
            or DealStage.OnHold when facts.ListPrice < deal.ListPrice && deal.Price > facts.ListPrice => new DealChange(
                deal.Closed(),
                new(DealStepKind.PriceFell, null) { Price = deal.Price }
            ),
            DealStage.OnHold => deal.Revive(facts.Now),
            DealStage.Agreed or DealStage.Meeting => new DealChange(
                deal.Closed(),
                new(DealStepKind.Cancelled, Side.Seller) { Price = deal.Price }
            ),
            DealStage.Sold or DealStage.Lost or DealStage.Closed when deal.Stands(facts.Now) => deal.Restored()
                .Revive(facts.Now),
            DealStage.Sold or DealStage.Lost => Silently(deal.Closed()),
            DealStage.Closed when deal.GoneAt is not null => Silently(deal.Over()),
            _ => DealOutcome.Nothing,
        };

    // The listing is back for others: a later reservation is a new one.
    private static Deal Over(this Deal deal) => deal with { Standing = null, GoneAt = null };

    // The journal's own line of the listing tells it.
    private static DealOutcome Silently(Deal after) => new DealChange(after, null);

    private static DealOutcome SoldBySeller(this Deal deal, DealFacts facts) =>
        Silently(
            deal with
            {
                Number = deal.Number + 1,
                Stage = DealStage.Sold,
                Price = deal.IsAgreed ? deal.Price : 0,
                Path = deal.IsAgreed ? deal.Path : [],
                Standing = deal.Offer(),
                Until = null,
                SoldAt = facts.Now,
                Proposal = null,
            }
        );

    /// <summary>What a sale or withdrawal ends, and its undoing brings back; null if there is no offer.</summary>
    private static long? Offer(this Deal deal) =>
        deal.Stage is DealStage.Offered or DealStage.OnHold ? deal.Price : null;

    private static bool Stands(this Deal deal, DateTime now) => deal.Standing is not null && deal.MayReturn(now);

    /// <summary>Two had agreed when the listing was sold to another or withdrawn.</summary>
    private static bool WasAgreed(this Deal deal, DateTime now) =>
        deal is { Standing: null, Path.Count: > 0 } && deal.MayReturn(now);

    private static bool MayReturn(this Deal deal, DateTime now) => now - (deal.SoldAt ?? deal.GoneAt) < Undo;

    private static Deal Restored(this Deal deal) =>
        deal with
        {
            Price = deal.Standing ?? deal.Price,
            Path = [deal.Standing ?? deal.Price],
            Standing = null,
            SoldAt = null,
            GoneAt = null,
        };

    private static Deal Again(this Deal deal, DateTime now)
    {
        var ahead = deal.Agreed is { } meeting && meeting.At + DealSchedule.AfterMeeting > now ? meeting : null;
        return deal with
        {
            Number = deal.Number + 1,
            Stage = ahead is null ? DealStage.Agreed : DealStage.Meeting,
            Until = ahead is null ? now + DealSchedule.Reservation : ahead.At + DealSchedule.AfterMeeting,
            Agreed = ahead,
            BuyerSays = null,
            SellerSays = null,
            IsDisputed = false,
            SoldAt = null,
            GoneAt = null,
            // A calendar that cancelled the entry has to see it return.
            MeetingChanges = deal.Stage is DealStage.Sold ? deal.MeetingChanges : deal.MeetingChanges + 1,
            Passed = now,
        };
    }

    private static DealOutcome Revive(this Deal deal, DateTime now)
    {
        var after = deal with
        {
            Number = deal.Number + 1,
            Stage = DealStage.Offered,
            Until = now + DealSchedule.Revived,
            Passed = now,
        };
        return new DealChange(after, after.Step(DealStepKind.Revived, null));
    }

    private static DealOutcome Hold(this Deal deal) =>
        new DealChange(
            deal with
            {
                Number = deal.Number + 1,
                Stage = DealStage.OnHold,
                Until = null,
            },
            new(DealStepKind.Held, null) { Price = deal.Price }
        );
}
