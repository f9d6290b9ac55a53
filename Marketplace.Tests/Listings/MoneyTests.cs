using System.Globalization;
using Marketplace.Web.Listings;

namespace Marketplace.Tests.Listings;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("180", 18000)]
    [InlineData("12,50", 1250)]
    [InlineData("12.5", 1250)]
    [InlineData("1.250", 125000)]
    [InlineData("1,250.00", 125000)]
    [InlineData("1.250,00 €", 125000)]
    [InlineData("0", 0)]
    public void A_price_is_understood_as_people_write_it(string text, long minor) =>
        Assert.Equal(minor, Money.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("gratis")]
    [InlineData("99999999999")]
    [InlineData("1e5")]
    public void What_is_no_price_is_refused(string text) => Assert.Null(Money.Parse(text));

    [Theory]
    [InlineData("es", 125000, "1.250 €")]
    [InlineData("es", 1250, "12,50 €")]
    [InlineData("en", 125050, "€1,250.50")]
    public void A_price_is_shown_in_the_readers_language(string culture, long minor, string shown)
    {
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        Assert.Equal(shown, Money.Show(minor, "EUR").Replace('\u00a0', ' '));
    }

    [Theory]
    [InlineData("es-ES", "1250,50")]
    [InlineData("en-GB", "1250.50")]
    public void A_price_is_filled_in_as_its_reader_writes_it_and_read_back_the_same(string culture, string written)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Assert.Equal(written, Money.Plain(125_050));
            Assert.Equal(125_050, Money.Parse(written));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
