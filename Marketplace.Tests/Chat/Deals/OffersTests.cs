using Bunit;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Deals;
using Marketplace.Web.Chat.Negotiation;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;

namespace Marketplace.Tests.Chat.Deals;

/// <summary>The seller sees side by side who asked about a listing, and sells it to one of them.</summary>
public sealed class OffersTests(Apps apps) : IClassFixture<Apps>
{
    private MarketplaceApp app = default!;
    private Person ana = default!;
    private long listing;

    [Theory, Databases]
    public async Task Offers_come_first_by_price_then_who_waits_longest_then_the_answered(DatabaseProvider provider)
    {
        await BeginAsync(provider);
        var (answered, waits, low, high) = (
            await AsksAsync("Answered"),
            await AsksAsync("Waits"),
            await AsksAsync("Low"),
            await AsksAsync("High")
        );
        await ana.SaysAsync(answered.Room, "Sí");
        await OffersAsync(low, 550_00);
        await OffersAsync(high, 600_00);
        await AsksAsync("Later");
        var shown = (await ana.Get<OffersService>().FindAsync(listing))!;
        Assert.Equal(["High", "Low", "Waits", "Later", "Answered"], shown.Rows.Select(row => row.Name));
        Assert.Equal([600_00L, 550_00, 0, 0, 0], shown.Rows.Select(row => row.Price));
        Assert.Equal([false, false, false, false, true], shown.Rows.Select(row => row.IsAnswered));
        Assert.Equal([true, true, true, true, false], shown.Rows.Select(row => row.WaitingSince is not null));
        Assert.Equal(5, shown.Asked);
        var sum = (await ana.Get<SellerService>().ListingsWithEnquiriesAsync(await MineAsync()))[listing];
        Assert.Equal(new(5, 600_00), sum);
        Assert.Null(await waits.Person.Get<OffersService>().FindAsync(listing));
    }

    [Fact]
    public async Task The_page_is_live_and_a_sale_from_it_tells_the_others_and_can_be_taken_back()
    {
        await BeginAsync(DatabaseProvider.Sqlite);
        await using var hers = new Screen(ana);
        var page = hers.Render<OffersPage>(p => p.Add(o => o.Id, listing));
        page.WaitForAssertion(() => Assert.Contains("Nadie ha preguntado", page.Find(".empty").TextContent));
        var (bruno, dora) = (await AsksAsync("Bruno"), await AsksAsync("Dora"));
        await OffersAsync(bruno, 600_00);
        page.WaitForAssertion(() =>
            Assert.Equal(["Bruno", "Dora"], page.FindAll(".asked-row h2").Select(name => name.TextContent))
        );
        page.WaitForAssertion(() => Assert.Contains("ofrece", page.Find(".asked-offer").TextContent));
        Assert.Equal("Marcar como vendido a Bruno", page.Find(".asked-acts button").GetAttribute("aria-label"));
        var seen = (await ana.Get<OffersService>().FindAsync(listing))!;
        var sold = await ana.Get<DealService>().SettleAsync(listing, ListingState.Sold, bruno.Person.Id, seen.Moves);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".asked-acts button")));
        Assert.Contains("vendido", page.Find(".asked-row[aria-label=Bruno] .asked-offer").TextContent);
        Assert.True(
            (await ana.Get<DealService>().SettleAsync(listing, ListingState.Active, null, sold.Value)).Succeeded
        );
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".asked-acts button").Count));
    }

    [Fact]
    public async Task Whoever_does_not_sell_it_finds_no_page()
    {
        await BeginAsync(DatabaseProvider.Sqlite);
        var bruno = await AsksAsync("Bruno");
        await using var his = new Screen(bruno.Person);
        var page = his.Render<OffersPage>(p => p.Add(o => o.Id, listing));
        Assert.Contains("No tienes ese anuncio", page.WaitForElement(".empty").TextContent);
        Assert.Empty(page.FindAll(".asked-row"));
    }

    private async Task BeginAsync(DatabaseProvider provider)
    {
        app = apps[provider];
        ana = await app.JoinAsync("Ana");
        listing = await ana.SellsAsync(price: "700");
    }

    private async Task<IReadOnlyList<ListingCardView>> MineAsync() =>
        (await ana.Get<SellerService>().MineAsync(ListingState.Active)).Items;

    private async Task<(Person Person, long Room)> AsksAsync(string name)
    {
        var person = await app.JoinAsync(name);
        var room = await person.ContactsAsync(listing);
        await person.SaysAsync(room, "Hola");
        return (person, room);
    }

    private static async Task OffersAsync((Person Person, long Room) buyer, long price)
    {
        var made = await buyer.Person.Get<DealService>().ActAsync(buyer.Room, Guid.NewGuid(), new Offer(price));
        Assert.Null(made.Refusal?.Text);
    }
}
