using Marketplace.Tests.Support;
using Marketplace.Web.Data;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Listings;

public sealed class FavouriteServiceTests(Apps apps) : IClassFixture<Apps>
{
    [Theory, Databases]
    public async Task Saved_twice_is_saved_once_and_let_go_twice_is_gone(DatabaseProvider provider)
    {
        var app = apps[provider];
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var listing = await ana.SellsAsync();
        var his = bruno.Get<FavouriteService>();
        Assert.Null(await his.MarkAsync(listing, isSaved: true));
        Assert.Null(await his.MarkAsync(listing, isSaved: true));
        await using (var db = app.Look())
            Assert.Equal(1, await db.Favourites.CountAsync(f => f.UserId == bruno.Id));
        Assert.Null(await his.MarkAsync(listing, isSaved: false));
        Assert.Null(await his.MarkAsync(listing, isSaved: false));
        Assert.Empty((await his.PageAsync(null)).Items);
    }

    [Theory, Databases]
    public async Task Nobody_sees_what_somebody_else_saved(DatabaseProvider provider)
    {
        var app = apps[provider];
        var (ana, bruno, dora) = (
            await app.JoinAsync("Ana"),
            await app.JoinAsync("Bruno"),
            await app.JoinAsync("Dora")
        );
        var listing = await ana.SellsAsync();
        await bruno.Get<FavouriteService>().MarkAsync(listing, isSaved: true);
        Assert.Equal([listing], (await bruno.Get<FavouriteService>().AmongAsync([listing])).Saved);
        Assert.Empty((await dora.Get<FavouriteService>().AmongAsync([listing])).Saved);
        Assert.Empty((await dora.Get<FavouriteService>().PageAsync(null)).Items);
        Assert.Empty((await ana.Get<FavouriteService>().PageAsync(null)).Items);
    }

    [Theory, Databases]
    public async Task What_was_saved_last_comes_first_page_by_page_whatever_became_of_it(DatabaseProvider provider)
    {
        var app = apps[provider];
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var his = bruno.Get<FavouriteService>();
        var saved = new List<long>();
        for (var i = 0; i < 5; i++)
            saved.Insert(0, await ana.SellsAsync());
        foreach (var listing in saved.AsEnumerable().Reverse())
            await his.MarkAsync(listing, isSaved: true);
        await ana.SettlesAsync(saved[1], ListingState.Sold);
        var first = await his.PageAsync(null, limit: 2);
        var second = await his.PageAsync(first.Next, limit: 2);
        var third = await his.PageAsync(second.Next, limit: 2);
        Assert.Equal(saved, first.Items.Concat(second.Items).Concat(third.Items).Select(card => card.Id));
        Assert.Null(third.Next);
        Assert.Equal(ListingState.Sold, first.Items[1].State);
    }

    [Theory, Databases]
    public async Task One_s_own_listing_and_none_at_all_cannot_be_saved(DatabaseProvider provider)
    {
        var ana = await apps[provider].JoinAsync("Ana");
        var hers = ana.Get<FavouriteService>();
        Assert.Equal(RefusalKind.NotFound, (await hers.MarkAsync(await ana.SellsAsync(), isSaved: true))?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await hers.MarkAsync(long.MaxValue, isSaved: true))?.Kind);
    }
}
