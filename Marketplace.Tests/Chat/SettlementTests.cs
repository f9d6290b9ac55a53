using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Chat;

public sealed class SettlementTests(Apps apps) : IClassFixture<Apps>
{
    private Person ana = default!;
    private Person bruno = default!;
    private Person dora = default!;
    private long listing;
    private long his;
    private long hers;

    [Theory, Databases]
    public async Task A_sale_from_a_tab_that_was_left_open_does_not_take_it_from_the_buyer(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        var seen = await MovesAsync();
        await ana.SettlesAsync(listing, ListingState.Sold, bruno.Id);
        foreach (int? moves in new int?[] { seen, null, seen + 1 })
        {
            var refused = (await DealAsync(ListingState.Sold, dora.Id, moves)).Refusal!;
            Assert.Equal(RefusalKind.Conflict, refused.Kind);
            Assert.Contains("Bruno", refused.Text);
        }
        Assert.Equal(RefusalKind.Conflict, (await DealAsync(ListingState.Sold, null, null)).Refusal!.Kind);
        Assert.Equal(RefusalKind.Conflict, (await DealAsync(ListingState.Reserved, dora.Id, null)).Refusal!.Kind);
        Assert.Equal(RefusalKind.Conflict, (await DealAsync(ListingState.Active, null, seen)).Refusal!.Kind);
        Assert.Equal([MessageKind.SoldHere], await KindsAsync(bruno, his));
        Assert.Equal([MessageKind.SoldElsewhere], await KindsAsync(dora, hers));
        Assert.True((await DealAsync(ListingState.Sold, bruno.Id, seen)).Succeeded);
        Assert.Equal([MessageKind.SoldHere], await KindsAsync(bruno, his));
    }

    [Theory, Databases]
    public async Task A_reservation_for_one_is_not_moved_to_another_and_may_still_be_sold(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        await ana.SettlesAsync(listing, ListingState.Reserved, bruno.Id);
        Assert.Equal(
            RefusalKind.Conflict,
            (await DealAsync(ListingState.Reserved, dora.Id, await MovesAsync())).Refusal!.Kind
        );
        await ana.SettlesAsync(listing, ListingState.Sold, dora.Id);
        Assert.Equal([MessageKind.Reserved, MessageKind.SoldElsewhere], await KindsAsync(bruno, his));
        Assert.Equal([MessageKind.SoldHere], await KindsAsync(dora, hers));
    }

    [Theory, Databases]
    public async Task An_undo_takes_back_what_was_just_done_and_nothing_later(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        await ana.SettlesAsync(listing, ListingState.Reserved, bruno.Id);
        var sold = (await DealAsync(ListingState.Sold, bruno.Id, await MovesAsync())).Value;
        Assert.True((await DealAsync(ListingState.Reserved, bruno.Id, sold)).Succeeded);
        Assert.Equal(RefusalKind.Conflict, (await DealAsync(ListingState.Active, null, sold)).Refusal!.Kind);
        Assert.Equal(bruno.Id, (await ana.Listings.FindAsync(listing))!.ReservedForId);
    }

    [Theory, Databases]
    public async Task Two_tabs_that_sell_at_once_sell_to_one(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        var seen = await MovesAsync();
        var deals = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i => DealAsync(ListingState.Sold, i % 2 == 0 ? bruno.Id : dora.Id, i % 3 == 0 ? null : seen))
        );
        Assert.Equal(10, deals.Count(deal => deal.Succeeded));
        var kinds = new[] { await KindsAsync(bruno, his), await KindsAsync(dora, hers) };
        Assert.Single(kinds, kind => kind is [MessageKind.SoldHere]);
        Assert.Single(kinds, kind => kind is [MessageKind.SoldElsewhere]);
    }

    [Fact]
    public async Task A_line_that_cannot_be_written_leaves_the_listing_as_it_was()
    {
        await BeginAsync(DatabaseProvider.Sqlite);
        await using var db = apps[DatabaseProvider.Sqlite].Look();
        await db.Database.ExecuteSqlRawAsync(
            // 3: sold elsewhere.
            "CREATE TRIGGER NotHere BEFORE INSERT ON Messages WHEN new.Kind = 3 BEGIN SELECT RAISE(ABORT, 'not here'); END"
        );
        Assert.Equal(RefusalKind.Busy, (await DealAsync(ListingState.Sold, bruno.Id, null)).Refusal!.Kind);
        Assert.Equal(ListingState.Active, (await ana.Listings.FindAsync(listing))!.State);
        Assert.Empty(await KindsAsync(bruno, his));
        await db.Database.ExecuteSqlRawAsync("DROP TRIGGER NotHere");
        Assert.True((await DealAsync(ListingState.Sold, bruno.Id, null)).Succeeded);
        Assert.Equal([MessageKind.SoldHere], await KindsAsync(bruno, his));
        Assert.Equal([MessageKind.SoldElsewhere], await KindsAsync(dora, hers));
    }

    private async Task BeginAsync(DatabaseProvider provider)
    {
        var app = apps[provider];
        (ana, bruno, dora) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"), await app.JoinAsync("Dora"));
        listing = await ana.SellsAsync();
        (his, hers) = (await bruno.ContactsAsync(listing), await dora.ContactsAsync(listing));
        await bruno.SaysAsync(his, "¿Me lo quedo?");
        await dora.SaysAsync(hers, "¿Sigue disponible?");
    }

    private Task<Outcome<int>> DealAsync(ListingState state, long? personId, int? seenMoves) =>
        ana.Get<IDeals>().SettleAsync(listing, state, personId, seenMoves);

    private async Task<int> MovesAsync() => (await ana.Listings.FindAsync(listing))!.Moves;

    private static async Task<IReadOnlyList<MessageKind>> KindsAsync(Person person, long room) =>
        [
            .. (await person.Chat.HistoryAsync(room, new()))
                .Value!.Select(m => m.Kind)
                .Where(kind => kind != MessageKind.Text),
        ];
}
