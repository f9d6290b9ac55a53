using Marketplace.Web.Shared;

namespace Marketplace.Tests.Shared;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("  Ana María ", "Ana María")]
    [InlineData("Ana\tMaría", "Ana María")]
    [InlineData("Z\u202Eoe\n\u0007", "Zoe")]
    [InlineData("👩\u200D🔧", "👩\u200D🔧")]
    [InlineData("\u200B\u3164\u2800", "")]
    [InlineData(null, "")]
    public void A_name_is_what_shows_of_it(string? text, string line) => Assert.Equal(line, VisibleText.Line(text));
}
