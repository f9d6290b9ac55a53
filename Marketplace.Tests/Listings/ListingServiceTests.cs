using Marketplace.Tests.Support;
using Marketplace.Web.Data;
using Marketplace.Web.Files;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Listings;

public sealed class ListingServiceTests(Apps apps) : IClassFixture<Apps>
{
    [Theory, Databases]
    public async Task Accents_do_not_matter_and_the_tilde_does(DatabaseProvider provider)
    {
        var ana = await apps[provider].JoinAsync("Ana");
        var mark = $"x{Guid.NewGuid():N}"[..12];
        var bike = await ana.SellsAsync($"Bicicleta eléctrica {mark}");
        var years = await ana.SellsAsync($"Álbum del año {mark}");
        Assert.Equal([bike], await FoundAsync(ana, $"bicicleta electrica {mark}"));
        Assert.Equal([bike], await FoundAsync(ana, $"BICI {mark}"));
        Assert.Equal([years], await FoundAsync(ana, $"año {mark}"));
        Assert.Empty(await FoundAsync(ana, $"ano {mark}"));
    }

    [Theory, Databases]
    public async Task Emoji_that_touch_a_word_and_runs_without_spaces_hide_no_listing(DatabaseProvider provider)
    {
        var ana = await apps[provider].JoinAsync("Ana");
        var mark = $"x{Guid.NewGuid():N}"[..12];
        var bike = await ana.SellsAsync($"🚲Bicicleta plegable {mark}", place: "📍Madrid");
        var phone = await ana.SellsAsync($"東京自転車 {mark}");
        Assert.Equal([bike], await FoundAsync(ana, $"bicicleta {mark}"));
        Assert.Equal([bike], await FoundAsync(ana, $"🚲 {mark}"));
        Assert.Equal([phone], await FoundAsync(ana, $"自転車 {mark}"));
        Assert.Equal([phone], await FoundAsync(ana, $"{mark} 車"));
        var inMadrid = await ana.Listings.SearchAsync(new(mark, Place: "madrid"));
        Assert.Contains(bike, inMadrid.Items.Select(item => item.Id));
    }

    [Theory, Databases]
    public async Task Filters_and_orders_hold_together_across_pages(DatabaseProvider provider)
    {
        var ana = await apps[provider].JoinAsync("Ana");
        var mark = $"x{Guid.NewGuid():N}"[..12];
        var ids = new Dictionary<string, long>();
        foreach (var price in new[] { "30", "10", "20", "20", "40" })
            ids[$"{price}-{ids.Count}"] = await ana.SellsAsync($"Cosa {mark}", price, "A Coruña");
        await ana.SellsAsync($"Cosa {mark}", "20", "Gijón");
        var filter = new ListingFilter(mark, Category.Bikes, 10_00, 30_00, "a coruna", ListingOrder.Cheapest, Limit: 2);
        // A typed n does not match ñ.
        Assert.Empty((await ana.Listings.SearchAsync(filter)).Items);
        filter = filter with { Place = "A CORUÑ" };
        var first = await ana.Listings.SearchAsync(filter);
        var second = await ana.Listings.SearchAsync(filter with { Cursor = first.Next });
        Assert.Null(second.Next);
        Assert.Equal([1000, 2000, 2000, 3000], first.Items.Concat(second.Items).Select(item => item.Price));
        Assert.Equal(4, first.Items.Concat(second.Items).Select(item => item.Id).Distinct().Count());
    }

    [Theory, Databases]
    public async Task Condition_and_delivery_narrow_what_is_found_and_counted(DatabaseProvider provider)
    {
        var ana = await apps[provider].JoinAsync("Ana");
        var mark = $"x{Guid.NewGuid():N}"[..12];
        var unsaid = await ana.SellsAsync($"Cosa {mark}");
        var sent = await OfferAsync(ana, mark, Condition.Good, inPerson: false, shipping: true);
        var either = await OfferAsync(ana, mark, Condition.New, inPerson: true, shipping: true);
        await FindsAsync(new(mark), either, sent, unsaid);
        await FindsAsync(new(mark) { Conditions = [Condition.Good, Condition.New] }, either, sent);
        await FindsAsync(new(mark) { InPerson = true }, either, unsaid);
        await FindsAsync(new(mark) { Shipping = true }, either, sent);
        await FindsAsync(new(mark) { InPerson = true, Shipping = true }, either, sent, unsaid);

        async Task FindsAsync(ListingFilter filter, params long[] ids)
        {
            Assert.Equal(ids, (await ana.Listings.SearchAsync(filter)).Items.Select(item => item.Id));
            Assert.Equal(ids.Length, await ana.Listings.CountAsync(filter));
        }
    }

    [Theory, Databases]
    public async Task Whom_it_is_kept_for_is_known_until_it_is_for_all_again(DatabaseProvider provider)
    {
        var (ana, bruno) = (await apps[provider].JoinAsync("Ana"), await apps[provider].JoinAsync("Bruno"));
        var listing = await ana.SellsAsync();
        await ana.SettlesAsync(listing, ListingState.Reserved, bruno.Id);
        await ana.Listings.EditAsync(listing, ListingForm.Of((await ana.Listings.FindAsync(listing))!));
        Assert.Equal(bruno.Id, (await ana.Listings.FindAsync(listing))!.ReservedForId);
        await ana.SettlesAsync(listing, ListingState.Active, bruno.Id);
        Assert.Null((await ana.Listings.FindAsync(listing))!.ReservedForId);
    }

    [Theory, Databases]
    public async Task Only_the_seller_changes_a_listing(DatabaseProvider provider)
    {
        var (ana, bruno) = (await apps[provider].JoinAsync("Ana"), await apps[provider].JoinAsync("Bruno"));
        var listing = await ana.SellsAsync();
        Assert.Equal(
            RefusalKind.NotFound,
            (await bruno.Get<IDeals>().SettleAsync(listing, ListingState.Sold)).Refusal?.Kind
        );
        var form = ListingForm.Of((await ana.Listings.FindAsync(listing))!);
        Assert.Equal(RefusalKind.NotFound, (await bruno.Listings.EditAsync(listing, form)).Refusal?.Kind);
        await ana.SettlesAsync(listing, ListingState.Sold);
        Assert.Equal(ListingState.Sold, (await bruno.Listings.FindAsync(listing))!.State);
    }

    [Theory, Databases]
    public async Task An_edited_listing_is_found_by_its_new_words_only(DatabaseProvider provider)
    {
        var ana = await apps[provider].JoinAsync("Ana");
        var (old, fresh) = ($"v{Guid.NewGuid():N}"[..12], $"n{Guid.NewGuid():N}"[..12]);
        var listing = await ana.SellsAsync($"Cosa {old}");
        var form = ListingForm.Of((await ana.Listings.FindAsync(listing))!);
        form.Title = $"Cosa {fresh}";
        await ana.Listings.EditAsync(listing, form);
        Assert.Empty(await FoundAsync(ana, old));
        Assert.Equal([listing], await FoundAsync(ana, fresh));
    }

    [Theory, Databases]
    public async Task Somebody_elses_photograph_cannot_be_claimed(DatabaseProvider provider)
    {
        var app = apps[provider];
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var (store, uploads) = (ana.Get<FileStore>(), ana.Get<PictureUploads>());
        var photo = (await uploads.SaveAsync(ana.Id, new MemoryStream(Pictures.Png), default)).Value!.File;
        var form = new ListingForm
        {
            Title = "Cosa",
            Description = "Cosa",
            Price = "1",
            Category = Category.Other,
            Place = "Vigo",
            Photos = [$"{photo}/{photo}"],
        };
        Assert.Equal(RefusalKind.Invalid, (await bruno.Listings.PublishAsync(form)).Refusal?.Kind);
        await using (var db = app.Look())
            Assert.False(await db.Listings.AnyAsync(listing => listing.SellerId == bruno.Id));
        var his = (await uploads.SaveAsync(bruno.Id, new MemoryStream(Pictures.Png), default)).Value!.File;
        var mixed = new ListingForm
        {
            Title = "Cosa",
            Description = "Cosa",
            Price = "1",
            Category = Category.Other,
            Place = "Vigo",
            Photos = [$"{his}/{photo}"],
        };
        Assert.Equal(RefusalKind.Invalid, (await bruno.Listings.PublishAsync(mixed)).Refusal?.Kind);
        Assert.Null(await store.FindAsync(his, ana.Id));
        Assert.Null(await store.FindAsync(photo, bruno.Id));
        Assert.True((await ana.Listings.PublishAsync(form)).Succeeded);
        Assert.NotNull(await store.FindAsync(photo, bruno.Id));
    }

    private static async Task<long> OfferAsync(
        Person seller,
        string mark,
        Condition condition,
        bool inPerson,
        bool shipping
    )
    {
        var id = await seller.SellsAsync($"Cosa {mark}");
        var form = ListingForm.Of((await seller.Listings.FindAsync(id))!);
        (form.Condition, form.InPerson, form.Shipping) = (condition, inPerson, shipping);
        await seller.Listings.EditAsync(id, form);
        return id;
    }

    private static async Task<IEnumerable<long>> FoundAsync(Person person, string text) =>
        (await person.Listings.SearchAsync(new ListingFilter(text))).Items.Select(item => item.Id);
}
