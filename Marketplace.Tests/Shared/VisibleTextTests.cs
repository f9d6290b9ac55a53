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

    [Theory]
    [InlineData("Mesa de pino", 20, "Mesa de pino")]
    [InlineData("Mesa\n\nde   pino", 20, "Mesa de pino")]
    [InlineData("Mesa de pino, casi nueva", 14, "Mesa de pino…")]
    [InlineData("Otorrinolaringólogo", 8, "Otorrin…")]
    [InlineData("abcdefgh👩\u200D🔧👩\u200D🔧", 12, "abcdefgh…")]
    public void A_long_text_is_cut_between_words_or_at_least_between_characters(string text, int most, string cut)
    {
        Assert.Equal(cut, VisibleText.Cut(text, most));
        Assert.InRange(VisibleText.Cut(text, most).Length, 0, most);
    }
}
