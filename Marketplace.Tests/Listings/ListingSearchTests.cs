using System.Globalization;
using Marketplace.Web.Listings;

namespace Marketplace.Tests.Listings;

public sealed class ListingSearchTests
{
    [Fact]
    public void An_address_says_only_what_is_asked_for_in_one_order()
    {
        Assert.Equal("/", Read().Url());
        Assert.True(Read(order: "newest", category: "nothing").IsEverything);
        var search = Read(
            " bici ",
            "BIKES",
            ("10", "200"),
            ["used", "good", "good", "7"],
            ["shipping"],
            "vigo",
            "cheapest"
        );
        Assert.Equal(
            "/?q=bici&category=bikes&min=10&max=200&delivery=shipping&place=vigo&sort=cheapest&condition=good&condition=used",
            search.Url()
        );
    }

    [Fact]
    public void Each_filter_can_be_taken_away_alone()
    {
        CultureInfo.CurrentCulture = new("es");
        var search = Read(text: "bici", price: ("10", "200"), conditions: ["good", "new"], delivery: ["inperson"]);
        var active = search.Active().ToList();
        Assert.Equal(
            ["Active.Least", "Active.Most", "Condition.New", "Condition.Good", "Delivery.InPerson"],
            active.Select(filter => filter.Text)
        );
        Assert.All(active, filter => Assert.Equal(4, filter.Without.Active().Count()));
        Assert.Equal("/?q=bici", search.Unfiltered().Url());
    }

    [Theory]
    [InlineData("abc", null, "Search.PriceWrong", null)]
    [InlineData(null, "-5", null, "Search.PriceWrong")]
    [InlineData("200", "100", null, "Search.PriceOrder")]
    [InlineData("100", "200", null, null)]
    [InlineData("  ", "", null, null)]
    public void A_price_that_cannot_be_read_is_named(string? least, string? most, string? atLeast, string? atMost)
    {
        var search = Read(price: (least, most));
        Assert.Equal((atLeast, atMost), (search.MinProblem, search.MaxProblem));
    }

    [Fact]
    public void However_much_is_written_the_search_stays_short()
    {
        var much = new string('a', 5000);
        var search = Read(text: much, price: (much, much), place: much);
        Assert.True(search.Url().Length < 400);
    }

    private static ListingSearch Read(
        string? text = null,
        string? category = null,
        (string?, string?) price = default,
        string[]? conditions = null,
        string[]? delivery = null,
        string? place = null,
        string? order = null
    ) => ListingSearch.Read(text, category, price, conditions, delivery, place, order);
}
