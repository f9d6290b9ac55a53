using System.Globalization;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts.Closing;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Journal;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Chat.Negotiation;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Marketplace.Web.Safety;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Chat.Deals;

/// <summary>
/// Whatever three buyers, a seller and the administration do, in whatever order. <c>scripts/soak</c> does more;
/// <see cref="DealWorldTests"/> tries the table alone.
/// </summary>
public sealed class DealRandomTests : IAsyncLifetime
{
    private static readonly int Operations = Soak.Setting("MARKETPLACE_SOAK_OPERATIONS", 150);
    private static readonly int Seed = Soak.Setting("MARKETPLACE_SOAK_SEED", 20_261_129);

    private readonly Random random = new(Seed);
    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private readonly List<(Person Buyer, long Room)> rooms = [];
    private Person ana = default!;
    private Person carla = default!;
    private long listing;

    public DealRandomTests() => app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };

    public async Task InitializeAsync()
    {
        (ana, carla) = (await app.JoinAsync("Ana"), await app.JoinAsync("Carla", administrator: true));
        listing = await ana.SellsAsync(price: "700");
        foreach (var name in new[] { "Bruno", "Dora", "Emil" })
        {
            var buyer = await app.JoinAsync(name);
            rooms.Add((buyer, await buyer.ContactsAsync(listing)));
        }
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task One_reservation_at_most_no_live_offer_on_what_is_sold_and_nobody_is_told_twice()
    {
        for (var i = 0; i < Operations; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Chosen()()));
            await HoldsAsync($"after operation {i} of seed {Seed}");
        }
    }

    private MessageJournal Journal => app.Services.GetRequiredService<MessageJournal>();

    private Func<Task> Chosen()
    {
        var (buyer, room) = rooms[random.Next(rooms.Count)];
        var person = random.Next(2) == 0 ? buyer : ana;
        DealAct[] acts =
        [
            new Offer(random.Next(1, 9) * 100_00),
            new Offer(600_00),
            new Accept(),
            new Accept(),
            new Decline(),
            new Withdraw(),
            new Propose(new(clock.GetUtcNow().UtcDateTime.AddHours(random.Next(1, 40)), "UTC", "Sol", null, default)),
            new Confirm(),
            new Arrive(),
            new Cancel(CancelReason.Other, null),
            new Say(new(random.Next(2) == 0, random.Next(2) == 0, null)),
        ];
        var (act, which) = (acts[random.Next(acts.Length)], random.Next(14));
        ListingState[] states = [ListingState.Active, ListingState.Reserved, ListingState.Sold, ListingState.Withdrawn];
        var (state, price) = (states[random.Next(states.Length)], random.Next(3, 9) * 100);
        var hours = random.Next(1, 30);
        return which switch
        {
            0 => () => ana.Get<IDeals>().SettleAsync(listing, state, buyer.Id),
            1 => () => RepriceAsync(price),
            2 => () => PassAsync(hours),
            // Whoever acts next may be earlier than the timers.
            3 => () =>
            {
                clock.Advance(TimeSpan.FromHours(hours));
                return Task.CompletedTask;
            },
            4 => () => person.Get<BlockService>().BlockAsync(person == ana ? buyer.Id : ana.Id),
            5 => () => person.Get<BlockService>().UnblockAsync(person == ana ? buyer.Id : ana.Id),
            6 => () => carla.People.ActAsync(buyer.Id, AuditAction.PersonSuspended, "Prueba"),
            7 => () => carla.People.ActAsync(buyer.Id, AuditAction.PersonReinstated, "Prueba"),
            // Closes the account as far as deals are concerned.
            8 => () => LeaveAsync(buyer),
            _ => () => person.Get<DealService>().ActAsync(room, Guid.NewGuid(), act),
        };
    }

    private static async Task LeaveAsync(Person person)
    {
        foreach (var feature in person.Get<IEnumerable<IPersonalData>>())
            Assert.Null(await feature.LeaveAsync(person.Id));
    }

    private async Task RepriceAsync(int price)
    {
        var form = ListingForm.Of((await ana.Listings.FindAsync(listing))!);
        form.Price = price.ToString(CultureInfo.InvariantCulture);
        await ana.Listings.EditAsync(listing, form);
    }

    private async Task PassAsync(int hours)
    {
        clock.Advance(TimeSpan.FromHours(hours));
        foreach (var (_, room) in rooms)
        {
            var passing = DealMove.BySite(room, new PassTime());
            Assert.True(Journal.TryTake(passing));
            await passing.Stored;
        }
    }

    private async Task HoldsAsync(string when)
    {
        // The price is followed a moment later.
        var following = new ListingFollow(listing);
        Assert.True(Journal.TryTake(following));
        await following.Stored;
        await using var db = app.Look();
        var now = await db.Listings.SingleAsync(one => one.Id == listing);
        var deals = await db
            .Deals.Join(db.Rooms, deal => deal.RoomId, room => room.Id, (deal, room) => new { deal, room.BuyerId })
            .ToListAsync();
        foreach (var one in deals)
        {
            var (stage, isHis) = (one.deal.Stage, now.ReservedForId == one.BuyerId);
            Assert.True(
                stage is not (DealStage.Agreed or DealStage.Meeting) || (now.State is ListingState.Reserved && isHis),
                when
            );
            Assert.True(
                stage is not DealStage.Offered
                    || now.State is ListingState.Active
                    || (now.State is ListingState.Reserved && isHis),
                when
            );
            Assert.True(stage is not DealStage.OnHold || (now.State is ListingState.Reserved && !isHis), when);
            Assert.True(
                stage is not DealStage.Sold
                    || now.State is ListingState.Withdrawn
                    || (now.State is ListingState.Sold && isHis),
                when
            );
            var cheaper = now.Price < Deal.Parse(one.deal.Data).ListPrice;
            Assert.True(stage is not DealStage.Offered || !cheaper || one.deal.Price <= now.Price, when);
        }
        foreach (var (_, room) in rooms)
            await ToldOnceAsync(db, room, when);
    }

    // Of two messages in a row, the second tells something new.
    private static async Task ToldOnceAsync(MarketplaceDbContext db, long room, string when)
    {
        var steps = (await db.Messages.Where(m => m.RoomId == room).OrderBy(m => m.Seq).ToListAsync())
            .Select(message => (message.Seq, Step: MessageData.Parse(message.Data)?.Deal))
            .ToList();
        Assert.Equal(Enumerable.Range(1, steps.Count).Select(seq => (long)seq), steps.Select(one => one.Seq));
        foreach (var (before, after) in steps.Zip(steps.Skip(1)))
            Assert.False(
                before.Step
                    is {
                        Kind: DealStepKind.Held
                            or DealStepKind.Revived
                            or DealStepKind.Expired
                            or DealStepKind.PriceFell
                            or DealStepKind.Gone
                    } told
                    && told.Kind == after.Step?.Kind,
                when
            );
    }
}
