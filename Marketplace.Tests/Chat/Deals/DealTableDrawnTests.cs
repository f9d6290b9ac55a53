using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Listings;

namespace Marketplace.Tests.Chat.Deals;

/// <summary>docs/architecture.md draws the table as the code has it.</summary>
public sealed class DealTableDrawnTests
{
    private static readonly DateTime Noon = new(2026, 11, 29, 12, 0, 0, DateTimeKind.Utc);
    private static readonly DealFacts Free = new(Noon, 700_00, ListingState.Active, IsForBuyer: false);
    private static readonly DealFacts Kept = Free with { Listing = ListingState.Reserved, IsForBuyer = true };
    private static readonly DealFacts Elsewhere = Free with { Listing = ListingState.Reserved };
    private static readonly Meeting Sol = new(Noon.AddHours(40), "UTC", "Sol", null, Side.Buyer);

    private static readonly (DealStage Stage, Deal Deal, DealFacts Facts)[] Stages =
    [
        (DealStage.None, Deal.None, Free),
        (DealStage.Offered, Offered, Free),
        (DealStage.OnHold, Do(Offered, new Follow(), null, Elsewhere), Elsewhere),
        (DealStage.Agreed, Agreed, Kept),
        (DealStage.Meeting, Met, Kept),
        (
            DealStage.Sold,
            Do(Agreed, new Follow(), null, Kept with { Listing = ListingState.Sold }),
            Kept with
            {
                Listing = ListingState.Sold,
            }
        ),
        (
            DealStage.Lost,
            Do(Offered, new Follow(), null, Free with { Listing = ListingState.Sold }),
            Free with
            {
                Listing = ListingState.Sold,
            }
        ),
        (DealStage.Closed, Do(Offered, new Withdraw(), Side.Buyer, Free), Free),
        (DealStage.Expired, Do(Offered, new PassTime(), null, Free with { Now = Noon.AddHours(48) }), Free),
    ];

    private static readonly (string Name, Func<Deal, DealFacts, DealOutcome> Act)[] Acts =
    [
        ("the buyer offers", (deal, facts) => deal.Apply(new Offer(650_00), Side.Buyer, facts)),
        ("the seller offers", (deal, facts) => deal.Apply(new Offer(650_00), Side.Seller, facts)),
        ("who offered withdraws", (deal, facts) => deal.Apply(new Withdraw(), Side.Buyer, facts)),
        ("the other declines", (deal, facts) => deal.Apply(new Decline(), Side.Seller, facts)),
        ("the other accepts", (deal, facts) => deal.Apply(new Accept(), Side.Seller, facts)),
        ("one proposes a meeting", (deal, facts) => deal.Apply(new Propose(Sol), Side.Buyer, facts)),
        (
            "the other confirms it",
            (deal, facts) => (deal with { Proposal = Sol }).Apply(new Confirm(), Side.Seller, facts)
        ),
        ("one cancels", (deal, facts) => deal.Apply(new Cancel(CancelReason.Other, null), Side.Buyer, facts)),
        (
            "both say: done",
            (deal, facts) =>
                (deal with { SellerSays = new(true, false, null) }).Apply(
                    new Say(new(true, false, null)),
                    Side.Buyer,
                    facts with
                    {
                        Now = Noon.AddHours(41),
                    }
                )
        ),
        (
            "both say: not done",
            (deal, facts) =>
                (deal with { SellerSays = new(false, false, null) }).Apply(
                    new Say(new(false, false, null)),
                    Side.Buyer,
                    facts with
                    {
                        Now = Noon.AddHours(41),
                    }
                )
        ),
        ("its time is over", (deal, facts) => deal.Apply(new PassTime(), null, facts with { Now = Noon.AddDays(9) })),
        ("the listing is kept for another", (deal, _) => deal.Apply(new Follow(), null, Elsewhere)),
        ("the listing is free again", (deal, _) => deal.Apply(new Follow(), null, Free)),
        (
            "the listing is sold to the buyer",
            (deal, _) => deal.Apply(new Follow(), null, Kept with { Listing = ListingState.Sold })
        ),
        (
            "the listing is sold to another",
            (deal, _) => deal.Apply(new Follow(), null, Free with { Listing = ListingState.Sold })
        ),
        (
            "the listing is withdrawn",
            (deal, _) => deal.Apply(new Follow(), null, Free with { Listing = ListingState.Withdrawn })
        ),
        (
            "the list price falls below it",
            (deal, facts) => deal.Apply(new Follow(), null, facts with { ListPrice = 100_00 })
        ),
    ];

    private static Deal Offered => Do(Deal.None, new Offer(600_00), Side.Buyer, Free);
    private static Deal Agreed => Do(Offered, new Accept(), Side.Seller, Free);
    private static Deal Met => Do(Do(Agreed, new Propose(Sol), Side.Buyer, Kept), new Confirm(), Side.Seller, Kept);

    [Fact]
    public void The_table_in_the_documents_is_that_of_the_code()
    {
        foreach (var (stage, deal, _) in Stages)
            Assert.Equal(stage, deal.Stage);
        var heads = $"| | {string.Join(" | ", Stages.Select(one => one.Stage))} |";
        var rule = $"|---|{string.Concat(Stages.Select(_ => "---|"))}";
        var rows = Acts.Select(one =>
            $"| {one.Name} | {string.Join(" | ", Stages.Select(at => Cell(at.Deal, one.Act(at.Deal, at.Facts))))} |"
        );
        var drawn = string.Join('\n', [heads, rule, .. rows]);
        var document = File.ReadAllText(Path.Combine(Sources.Repository, "docs/architecture.md"));
        Assert.True(document.Contains(drawn, StringComparison.Ordinal), $"The table is now:\n{drawn}");
    }

    private static string Cell(Deal before, DealOutcome made) =>
        made.Change is not { } change ? ""
        : change.After.Stage == before.Stage ? "stays"
        : $"{change.After.Stage}";

    private static Deal Do(Deal deal, DealAct act, Side? by, DealFacts facts) =>
        deal.Apply(act, by, facts).Change!.After;
}
