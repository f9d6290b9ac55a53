using System.Globalization;
using Marketplace.Web.Shared;

namespace Marketplace.Tests.Listings;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("es", "180", 18000)]
    [InlineData("es", "12,50", 1250)]
    [InlineData("es", "12.5", 1250)]
    [InlineData("es", "1.250", 125000)]
    [InlineData("en", "1,250", 125000)]
    [InlineData("es", "1,250.00", 125000)]
    [InlineData("es", "1.250,00 €", 125000)]
    [InlineData("en", "€1,250.5", 125050)]
    [InlineData("es", "1 250 000", 125000000)]
    [InlineData("es", "10.000.000", 1000000000)]
    [InlineData("es", "0", 0)]
    public void A_price_is_understood_as_people_write_it(string culture, string text, long minor) =>
        Assert.Equal(minor, In(culture, () => Money.Parse(text)));

    [Theory]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("gratis")]
    [InlineData("99999999999")]
    [InlineData("10000000,50")]
    [InlineData("1e5")]
    [InlineData("12,3456")]
    [InlineData("1.2345")]
    [InlineData("12.5.3")]
    [InlineData("1.250.50")]
    [InlineData("1.25,000")]
    [InlineData("12,")]
    [InlineData("1,250")]
    [InlineData("１２")]
    public void What_is_no_price_is_refused(string text) => Assert.Null(In("es", () => Money.Parse(text)));

    [Fact]
    public void What_is_filled_in_is_read_back_in_each_language()
    {
        foreach (var culture in new[] { "es", "en" })
        foreach (var minor in new long[] { 0, 5, 1250, 18000, 125050, Money.MaxAmount })
            Assert.Equal(minor, In(culture, () => Money.Parse(Money.Plain(minor))));
    }

    [Theory]
    [InlineData("es", 125000, "1.250 €")]
    [InlineData("es", 1250, "12,50 €")]
    [InlineData("en", 125050, "€1,250.50")]
    public void A_price_is_shown_in_the_readers_language(string culture, long minor, string shown)
    {
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        Assert.Equal(shown, Money.Show(minor, "EUR").Replace('\u00a0', ' '));
    }

    private static T In<T>(string culture, Func<T> read)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            return read();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
