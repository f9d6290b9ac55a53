using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Audit;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;

namespace Marketplace.Tests.Listings;

public sealed class SellerServiceTests(Apps apps) : IClassFixture<Apps>
{
    [Theory, Databases]
    public async Task Others_see_what_somebody_has_on_sale_page_by_page(DatabaseProvider provider)
    {
        var (ana, bruno) = (await apps[provider].JoinAsync("Ana"), await apps[provider].JoinAsync("Bruno"));
        var ids = new List<long>();
        foreach (var title in new[] { "Uno", "Dos", "Tres", "Cuatro" })
            ids.Add(await ana.SellsAsync(title));
        await ana.SettlesAsync(ids[0], ListingState.Reserved);
        await ana.SettlesAsync(ids[2], ListingState.Sold);
        var sellers = bruno.Get<SellerService>();
        Assert.Equal(
            (ana.Name, 3),
            await sellers.FindAsync(ana.Id) is { } seller ? (seller.Name, seller.OnSale) : default
        );
        var first = await sellers.OnSaleAsync(ana.Id, limit: 2);
        var second = await sellers.OnSaleAsync(ana.Id, first.Next, 2);
        Assert.Equal([ids[3], ids[1], ids[0]], first.Items.Concat(second.Items).Select(listing => listing.Id));
        Assert.Null(second.Next);
    }

    [Theory, Databases]
    public async Task Who_is_suspended_has_no_page(DatabaseProvider provider)
    {
        var (ana, carla) = (
            await apps[provider].JoinAsync("Ana"),
            await apps[provider].JoinAsync("Carla", administrator: true)
        );
        var listing = await ana.SellsAsync();
        Assert.True((await carla.Listings.FindAsync(listing))!.HasSellerPage);
        await carla.People.ActAsync(ana.Id, AuditAction.PersonSuspended, "Prueba");
        Assert.Null(await carla.Get<SellerService>().FindAsync(ana.Id));
        Assert.False((await carla.Listings.FindAsync(listing))!.HasSellerPage);
    }

    [Theory, Databases]
    public async Task A_seller_has_own_listings_by_state_with_who_asked(DatabaseProvider provider)
    {
        var (ana, bruno) = (await apps[provider].JoinAsync("Ana"), await apps[provider].JoinAsync("Bruno"));
        var (kept, gone) = (await ana.SellsAsync("Mesa"), await ana.SellsAsync("Silla"));
        await ana.SettlesAsync(gone, ListingState.Withdrawn);
        await bruno.SaysAsync(await bruno.ContactsAsync(kept), "¿Sigue disponible?");
        var sellers = ana.Get<SellerService>();
        var active = await sellers.MineAsync(ListingState.Active);
        Assert.Equal([kept], active.Items.Select(listing => listing.Id));
        Assert.Equal([gone], (await sellers.MineAsync(ListingState.Withdrawn)).Items.Select(listing => listing.Id));
        Assert.Equal(new(1, null), (await sellers.ListingsWithEnquiriesAsync(active.Items))[kept]);
        var counts = await sellers.CountsAsync();
        Assert.Equal((1, 1, 2), (counts[ListingState.Active], counts[ListingState.Withdrawn], counts.Count));
        Assert.Null(await bruno.Get<SellerService>().FindMineAsync(kept));
    }
}
