using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Negotiation;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Marketplace.Web.Safety;
using Marketplace.Web.Shared;

namespace Marketplace.Tests.Chat.Deals;

/// <summary>Deals in rooms: one reservation per listing, each step a message of its room.</summary>
public sealed class DealServiceTests(Apps apps) : IClassFixture<Apps>
{
    private Person ana = default!;
    private Person bruno = default!;
    private Person dora = default!;
    private long listing;
    private long his;
    private long hers;

    [Theory, Databases]
    public async Task An_offer_a_counter_offer_and_its_acceptance_reserve_the_listing_and_hold_the_others(
        DatabaseProvider provider
    )
    {
        await BeginAsync(provider);
        await DoAsync(dora, hers, new Offer(550_00));
        await DoAsync(bruno, his, new Offer(600_00));
        await DoAsync(ana, his, new Offer(630_00));
        var agreed = await DoAsync(bruno, his, new Accept());
        Assert.Equal((DealStage.Agreed, 630_00), (agreed.Stage, agreed.Price));
        var reserved = (await ana.Listings.FindAsync(listing))!;
        Assert.Equal((ListingState.Reserved, bruno.Id), (reserved.State, reserved.ReservedForId));
        Assert.Equal(
            [DealStepKind.Offered, DealStepKind.Countered, DealStepKind.Accepted],
            await StepsAsync(bruno, his)
        );
        Assert.Equal([DealStepKind.Offered, DealStepKind.Held], await StepsAsync(dora, hers));

        await DoAsync(ana, his, new Cancel(CancelReason.NoTime, null));
        Assert.Equal(ListingState.Active, (await ana.Listings.FindAsync(listing))!.State);
        Assert.Equal([DealStepKind.Offered, DealStepKind.Held, DealStepKind.Revived], await StepsAsync(dora, hers));
        Assert.Equal(DealStage.Offered, (await DealAsync(dora, hers)).Stage);
    }

    [Theory, Databases]
    public async Task Of_many_who_accept_at_once_one_gets_it_and_the_others_are_told_why_not(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        var rooms = new List<(Person Buyer, long Room)> { (bruno, his), (dora, hers) };
        for (var i = 0; i < 14; i++)
        {
            var buyer = await apps[provider].JoinAsync($"Buyer {i}");
            rooms.Add((buyer, await buyer.ContactsAsync(listing)));
        }
        foreach (var (buyer, room) in rooms)
            await DoAsync(buyer, room, new Offer(600_00));
        var made = await Task.WhenAll(rooms.Select(one => ActAsync(ana, one.Room, new Accept())));
        Assert.Single(made, one => one.Succeeded);
        Assert.All(
            made.Where(one => !one.Succeeded),
            one =>
                Assert.Equal(
                    (RefusalKind.Conflict, "Está reservado para otra persona."),
                    (one.Refusal!.Kind, one.Refusal.Text)
                )
        );
        var stages = new List<DealStage>();
        foreach (var (buyer, room) in rooms)
            stages.Add((await DealAsync(buyer, room)).Stage);
        Assert.Equal(
            (1, 15),
            (stages.Count(one => one is DealStage.Agreed), stages.Count(one => one is DealStage.OnHold))
        );
    }

    [Theory, Databases]
    public async Task The_same_act_sent_twice_is_done_once_and_a_stale_one_is_refused(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        var clientId = Guid.NewGuid();
        for (var i = 0; i < 2; i++)
            Assert.True((await bruno.Get<DealService>().ActAsync(his, clientId, new Offer(600_00))).Succeeded);
        Assert.Equal([DealStepKind.Offered], await StepsAsync(bruno, his));
        var seen = (await DealAsync(ana, his)).Number;
        await DoAsync(bruno, his, new Withdraw());
        await DoAsync(bruno, his, new Offer(500_00));
        var stale = await ana.Get<DealService>().ActAsync(his, Guid.NewGuid(), new Accept(), seen);
        Assert.Equal(RefusalKind.Conflict, stale.Refusal!.Kind);
        Assert.Equal(DealStage.Offered, (await DealAsync(ana, his)).Stage);
    }

    [Theory, Databases]
    public async Task A_stranger_finds_no_deal_and_who_is_blocked_makes_none(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        await DoAsync(bruno, his, new Offer(600_00));
        Assert.Equal(RefusalKind.NotFound, (await ActAsync(dora, his, new Withdraw())).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotFound, (await dora.Get<DealService>().FindAsync(his)).Refusal!.Kind);
        Assert.Null(await ana.Get<BlockService>().BlockAsync(bruno.Id));
        Assert.Equal(RefusalKind.Conflict, (await ActAsync(ana, his, new Accept())).Refusal!.Kind);
        // What is on the table can be taken away all the same.
        await DoAsync(bruno, his, new Withdraw());
        Assert.Equal(ListingState.Active, (await ana.Listings.FindAsync(listing))!.State);
    }

    [Theory, Databases]
    public async Task A_sale_elsewhere_ends_all_deals_and_tells_each_room_once(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        await DoAsync(dora, hers, new Offer(550_00));
        await DoAsync(bruno, his, new Offer(600_00));
        await ana.SettlesAsync(listing, ListingState.Sold, bruno.Id);
        Assert.Equal(DealStage.Sold, (await DealAsync(bruno, his)).Stage);
        Assert.Equal(DealStage.Lost, (await DealAsync(dora, hers)).Stage);
        Assert.Equal([MessageKind.Deal, MessageKind.SoldElsewhere], await KindsAsync(dora, hers));
        Assert.Equal("Ya no está a la venta.", (await ActAsync(dora, hers, new Offer(600_00))).Refusal!.Text);
        // A sale that is taken back leaves things as they were.
        await ana.SettlesAsync(listing, ListingState.Active);
        foreach (var (buyer, room, price) in new[] { (bruno, his, 600_00L), (dora, hers, 550_00L) })
        {
            var again = await DealAsync(buyer, room);
            Assert.Equal((DealStage.Offered, price), (again.Stage, again.Price));
        }
    }

    [Theory, Databases]
    public async Task A_sale_to_the_wrong_buyer_that_is_undone_leaves_the_agreement_as_it_was(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        await DoAsync(dora, hers, new Offer(550_00));
        await DoAsync(bruno, his, new Offer(600_00));
        await DoAsync(ana, his, new Accept());
        var deals = ana.Get<DealService>();
        var sold = await deals.SettleAsync(listing, ListingState.Sold, dora.Id);
        Assert.Equal(DealStage.Lost, (await DealAsync(bruno, his)).Stage);
        Assert.Contains(DealStepKind.AgreementGone, await StepsAsync(bruno, his));
        Assert.True((await deals.SettleAsync(listing, ListingState.Reserved, bruno.Id, sold.Value)).Succeeded);
        var again = await DealAsync(bruno, his);
        Assert.Equal((DealStage.Agreed, 600_00L), (again.Stage, again.Price));
        Assert.NotNull(again.Until);
        Assert.Equal(DealStage.OnHold, (await DealAsync(dora, hers)).Stage);
    }

    [Theory, Databases]
    public async Task A_withdrawal_that_is_undone_leaves_agreement_and_offers_as_they_were(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        await DoAsync(dora, hers, new Offer(550_00));
        await DoAsync(bruno, his, new Offer(600_00));
        await DoAsync(ana, his, new Accept());
        await ana.SettlesAsync(listing, ListingState.Withdrawn);
        Assert.Equal(DealStage.Closed, (await DealAsync(bruno, his)).Stage);
        await ana.SettlesAsync(listing, ListingState.Reserved, bruno.Id);
        var again = await DealAsync(bruno, his);
        Assert.Equal((DealStage.Agreed, 600_00L), (again.Stage, again.Price));
        Assert.Equal(
            (DealStage.OnHold, 550_00L),
            (await DealAsync(dora, hers)) is var held ? (held.Stage, held.Price) : default
        );
    }

    [Theory, Databases]
    public async Task An_agreement_that_a_withdrawal_ended_does_not_return_with_a_later_reservation(
        DatabaseProvider provider
    )
    {
        await BeginAsync(provider);
        await DoAsync(bruno, his, new Offer(600_00));
        await DoAsync(ana, his, new Accept());
        await ana.SettlesAsync(listing, ListingState.Withdrawn);
        await ana.SettlesAsync(listing, ListingState.Active);
        await ana.SettlesAsync(listing, ListingState.Reserved, bruno.Id);
        Assert.Equal(DealStage.Closed, (await DealAsync(bruno, his)).Stage);
    }

    [Theory, Databases]
    public async Task The_same_act_sent_many_times_at_once_is_done_once_and_answered_each_time(
        DatabaseProvider provider
    )
    {
        await BeginAsync(provider);
        var id = Guid.NewGuid();
        var made = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => bruno.Get<DealService>().ActAsync(his, id, new Offer(600_00)))
        );
        Assert.All(made, one => Assert.Equal(600_00L, one.Value!.Price));
        Assert.Equal([DealStepKind.Offered], await StepsAsync(bruno, his));
    }

    [Theory, Databases]
    public async Task What_the_seller_does_to_the_listing_is_news_to_the_buyers_alone(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        await DoAsync(dora, hers, new Offer(550_00));
        await DoAsync(bruno, his, new Offer(600_00));
        var (before, waiting) = (await ana.UnreadAsync(), await dora.UnreadAsync());
        await DoAsync(ana, his, new Accept());
        await DoAsync(ana, his, new Cancel(CancelReason.Other, null));
        Assert.Equal(before, await ana.UnreadAsync());
        Assert.Equal(waiting + 2, await dora.UnreadAsync());
    }

    [Theory, Databases]
    public async Task A_buyer_finds_the_own_offer_on_the_card_of_the_listing(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        await DoAsync(bruno, his, new Offer(600_00));
        Task<Hearts> CardAsync(Person person) => person.Get<FavouriteService>().AmongAsync([listing]);
        Assert.Equal(new(ListingDealStage.Offered, 600_00, null), (await CardAsync(bruno)).Deals[listing]);
        Assert.Empty((await CardAsync(dora)).Deals);
        Assert.Empty((await CardAsync(ana)).Deals);
        await DoAsync(ana, his, new Accept());
        Assert.Equal(ListingDealStage.Agreed, (await CardAsync(bruno)).Deals[listing].Stage);
    }

    [Theory, Databases]
    public async Task A_program_of_the_seller_sells_to_the_buyer_of_the_room(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        var call = new DealCall(Guid.NewGuid(), DealActName.Sell);
        Assert.Equal(RefusalKind.NotFound, (await bruno.Get<DealService>().DoAsync(his, call)).Refusal!.Kind);
        Assert.Equal(DealStage.Sold, (await ana.Get<DealService>().DoAsync(his, call)).Value!.Stage);
        Assert.Equal(bruno.Id, (await ana.Listings.FindAsync(listing))!.ReservedForId);
    }

    [Theory, Databases]
    public async Task A_lower_price_closes_the_offers_above_it(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        await DoAsync(dora, hers, new Offer(550_00));
        await DoAsync(bruno, his, new Offer(600_00));
        var form = ListingForm.Of((await ana.Listings.FindAsync(listing))!);
        form.Price = "580";
        Assert.True((await ana.Listings.EditAsync(listing, form)).Succeeded);
        await Eventually.TrueAsync(
            async () => (await StepsAsync(bruno, his)).Contains(DealStepKind.PriceFell),
            "the buyer is told"
        );
        Assert.Equal(DealStage.Closed, (await DealAsync(bruno, his)).Stage);
        Assert.Equal(DealStage.Offered, (await DealAsync(dora, hers)).Stage);
        Assert.Equal(RefusalKind.Conflict, (await ActAsync(ana, his, new Accept())).Refusal!.Kind);
    }

    [Theory, Databases]
    public async Task The_lowest_offer_that_the_seller_wants_is_told_to_nobody_and_holds(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        var form = ListingForm.Of((await ana.Listings.FindAsync(listing))!);
        form.MinOffer = "500";
        Assert.True((await ana.Listings.EditAsync(listing, form)).Succeeded);
        var refused = (await ActAsync(bruno, his, new Offer(499_00))).Refusal!;
        Assert.DoesNotContain("500", refused.Text);
        await DoAsync(bruno, his, new Offer(500_00));
    }

    [Theory, Databases]
    public async Task What_is_written_into_a_deal_is_bounded_and_cleaned(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        await DoAsync(bruno, his, new Offer(600_00));
        await DoAsync(ana, his, new Accept());
        var at = DateTime.UtcNow.AddDays(1);
        foreach (var place in new[] { "", "  \u200b ", new string('x', 121), "a\0b", "\ud800" })
            Assert.Equal(
                RefusalKind.Invalid,
                (await ActAsync(ana, his, new Propose(new(at, "Europe/Madrid", place, null, default)))).Refusal!.Kind
            );
        Assert.Equal(
            RefusalKind.Invalid,
            (await ActAsync(ana, his, new Propose(new(at, "Not/There", "Sol", null, default)))).Refusal!.Kind
        );
        var met = await DoAsync(ana, his, new Propose(new(at, "Europe/Madrid", " Puerta\ndel Sol ", "", default)));
        Assert.Equal(("Puerta del Sol", null, Side.Seller), (met.Proposal!.Place, met.Proposal.Note, met.Proposal.By));
    }

    private async Task BeginAsync(DatabaseProvider provider)
    {
        var app = apps[provider];
        (ana, bruno, dora) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"), await app.JoinAsync("Dora"));
        listing = await ana.SellsAsync(price: "700");
        (his, hers) = (await bruno.ContactsAsync(listing), await dora.ContactsAsync(listing));
        await dora.SaysAsync(hers, "¿Sigue disponible?");
    }

    private static Task<Outcome<Deal>> ActAsync(Person person, long room, DealAct act) =>
        person.Get<DealService>().ActAsync(room, Guid.NewGuid(), act);

    private static async Task<Deal> DoAsync(Person person, long room, DealAct act)
    {
        var made = await ActAsync(person, room, act);
        Assert.Null(made.Refusal?.Text);
        return made.Value!;
    }

    private static async Task<Deal> DealAsync(Person person, long room) =>
        (await person.Get<DealService>().FindAsync(room)).Value!;

    private static async Task<IReadOnlyList<DealStepKind>> StepsAsync(Person person, long room) =>
        [.. (await person.Chat.HistoryAsync(room, new())).Value!.Select(m => m.Deal?.Kind).OfType<DealStepKind>()];

    private static async Task<IReadOnlyList<MessageKind>> KindsAsync(Person person, long room) =>
        [
            .. (await person.Chat.HistoryAsync(room, new()))
                .Value!.Select(m => m.Kind)
                .Where(kind => kind is not MessageKind.Text),
        ];
}
