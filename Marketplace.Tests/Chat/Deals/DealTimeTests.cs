using Bunit;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Negotiation;
using Marketplace.Web.Listings;
using Marketplace.Web.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Chat.Deals;

/// <summary>What becomes of a deal when nobody does anything.</summary>
public sealed class DealTimeTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person ana = default!;
    private Person bruno = default!;
    private long listing;
    private long room;

    public DealTimeTests() => app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };

    public async Task InitializeAsync()
    {
        (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        listing = await ana.SellsAsync(price: "700");
        room = await bruno.ContactsAsync(listing);
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task An_offer_that_nobody_answers_reminds_expires_and_tells_both()
    {
        await DoAsync(bruno, new Offer(600_00));
        await PassAsync(TimeSpan.FromHours(36), DealStepKind.OfferEnds);
        await PassAsync(TimeSpan.FromHours(12), DealStepKind.Expired);
        Assert.Equal(3, await ana.UnreadAsync());
        Assert.Equal(2, await bruno.UnreadAsync());
        await DoAsync(bruno, new Offer(600_00));
        Assert.Equal(DealStepKind.OfferedAgain, (await StepsAsync())[^1]);
    }

    [Fact]
    public async Task A_reservation_without_a_meeting_ends_and_frees_the_listing()
    {
        await DoAsync(bruno, new Offer(600_00));
        await DoAsync(ana, new Accept());
        Assert.Equal(ListingState.Reserved, (await ana.Listings.FindAsync(listing))!.State);
        await PassAsync(TimeSpan.FromHours(48), DealStepKind.ReservationEnds);
        await PassAsync(TimeSpan.FromHours(24), DealStepKind.ReservationEnded);
        Assert.Equal(ListingState.Active, (await ana.Listings.FindAsync(listing))!.State);
    }

    [Fact]
    public async Task An_open_room_asks_how_it_went_as_soon_as_the_meeting_begins()
    {
        await DoAsync(bruno, new Offer(600_00));
        await DoAsync(ana, new Accept());
        var at = clock.GetUtcNow().UtcDateTime.AddMinutes(30);
        await DoAsync(ana, new Propose(new(at, "Europe/Madrid", "Sol", null, default)));
        await DoAsync(bruno, new Confirm());
        await using var his = new Screen(bruno, clock: clock);
        using var open = bruno.Chat.Open(room, bruno.RunAsync);
        await open.LoadAsync();
        var strip = his.ShowWithProviders<DealStrip>(p => p.Add(s => s.Room, open.Room).Add(s => s.Me, bruno.Id));
        strip.WaitForAssertion(() => Assert.Contains("Quedáis", strip.Find(".deal-strip").TextContent));
        clock.Advance(TimeSpan.FromMinutes(31));
        strip.WaitForAssertion(() => Assert.Contains("¿Cerrasteis el trato?", strip.Find(".deal-strip").TextContent));
    }

    [Fact]
    public async Task A_meeting_reminds_asks_and_sells_when_one_says_so_and_the_other_says_nothing()
    {
        await DoAsync(bruno, new Offer(600_00));
        await DoAsync(ana, new Accept());
        var at = clock.GetUtcNow().UtcDateTime.AddHours(50);
        await DoAsync(ana, new Propose(new(at, "Europe/Madrid", "Puerta del Sol", null, default)));
        await DoAsync(bruno, new Confirm());
        await PassAsync(TimeSpan.FromHours(26), DealStepKind.MeetingTomorrow);
        await PassAsync(TimeSpan.FromHours(22), DealStepKind.MeetingSoon);
        await PassAsync(TimeSpan.FromHours(4), DealStepKind.Asked);
        await DoAsync(bruno, new Say(new(true, false, null)));
        await PassAsync(TimeSpan.FromHours(22), DealStepKind.Sold);
        var sold = (await ana.Listings.FindAsync(listing))!;
        Assert.Equal((ListingState.Sold, bruno.Id), (sold.State, sold.ReservedForId));
    }

    [Fact]
    public async Task What_is_due_while_a_process_dies_or_none_runs_is_done_once_by_the_next()
    {
        DirectoryInfo folder;
        long buyer;
        await using (var killed = Process(null, keepsFolder: true))
        {
            folder = killed.Folder;
            var (seller, his) = (await killed.JoinAsync("Ana"), await killed.JoinAsync("Bruno"));
            (buyer, room) = (his.Id, await his.ContactsAsync(await seller.SellsAsync(price: "700")));
            await DoAsync(his, new Offer(600_00));
            await using var db = killed.Look();
            var due = await db.Outbox.SingleAsync(entry => entry.Kind == OutboxEntry.Deal);
            // As who is killed while doing it leaves it.
            (due.LeaseId, due.LeasedUntil) = (Guid.NewGuid(), clock.GetUtcNow().UtcDateTime.AddHours(48).AddMinutes(1));
            await db.SaveChangesAsync();
        }
        clock.Advance(TimeSpan.FromHours(49));
        foreach (var isLast in new[] { false, true })
        {
            await using var next = Process(folder, keepsFolder: !isLast);
            var back = await next.EnterAsync(buyer);
            await Eventually.TrueAsync(async () => (await StepsAsync(back)).Count > 1, "the offer expires");
            Assert.Equal([DealStepKind.Offered, DealStepKind.Expired], await StepsAsync(back));
        }
    }

    private MarketplaceApp Process(DirectoryInfo? folder, bool keepsFolder) =>
        new()
        {
            Folder = folder ?? Directory.CreateTempSubdirectory("marketplace-"),
            KeepsFolder = keepsFolder,
            Beside = services => services.AddSingleton<TimeProvider>(clock),
        };

    private async Task PassAsync(TimeSpan time, DealStepKind until)
    {
        clock.Advance(time);
        app.Services.GetRequiredService<OutboxSignal>().Wake();
        await Eventually.TrueAsync(async () => (await StepsAsync())[^1] == until, $"{until} comes");
    }

    private async Task DoAsync(Person person, DealAct act)
    {
        var made = await person.Get<DealService>().ActAsync(room, Guid.NewGuid(), act);
        Assert.Null(made.Refusal?.Text);
    }

    private Task<IReadOnlyList<DealStepKind>> StepsAsync() => StepsAsync(bruno);

    private async Task<IReadOnlyList<DealStepKind>> StepsAsync(Person person) =>
        [.. (await person.Chat.HistoryAsync(room, new())).Value!.Select(m => m.Deal?.Kind).OfType<DealStepKind>()];
}
