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
    [InlineData("\u0301\u200D", "")]
    [InlineData("A\u3164na\u200B\u00AD", "Ana")]
    [InlineData("A\u200Dna\u200C", "Ana")]
    [InlineData("Ana \u2003 María", "Ana María")]
    [InlineData("نوشته\u200Cها", "نوشته\u200Cها")]
    [InlineData("क्\u200Dष", "क्\u200Dष")]
    [InlineData("\u200Eשלום\u200F", "\u200Eשלום\u200F")]
    [InlineData("Ana\u200F", "Ana")]
    [InlineData("❤\uFE0F\u200D🔥", "❤\uFE0F\u200D🔥")]
    [InlineData("1\uFE0F\u20E3", "1\uFE0F\u20E3")]
    [InlineData("A\uFE0Fn\uFE00a\U000E0100", "Ana")]
    [InlineData("葛\U000E0100飾", "葛\U000E0100飾")]
    [InlineData(
        "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F",
        "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"
    )]
    [InlineData("🏴\U000E0068\U000E0069\U000E007F", "🏴")]
    [InlineData("Ana\U000E0041\U000E0042\U000E0001", "Ana")]
    [InlineData("\u2066A\u2067n\u2069a\u202B", "Ana")]
    [InlineData(null, "")]
    public void A_name_is_what_shows_of_it(string? text, string line) => Assert.Equal(line, VisibleText.Line(text));

    [Fact]
    public void A_text_keeps_its_lines_and_the_marks_that_a_letter_can_carry()
    {
        Assert.Equal("uno\n\n  dos\ttres", VisibleText.Lines(" uno\r\n\r  dos\ttres\u0007\u0085 "));
        Assert.Equal("e" + new string('\u0301', 8) + "x", VisibleText.Lines("e" + new string('\u0301', 500) + "x"));
        Assert.Equal("", VisibleText.Lines("\n\u200B\n"));
    }

    /// <summary>Cleaning is idempotent, removes everything hidden, and keeps clean texts.</summary>
    [Fact]
    public void Cleaning_is_done_once()
    {
        var random = new Random(4);
        string[] pieces =
        [
            "a",
            "ñ",
            "👩",
            "\u200D",
            "🔧",
            "\uFE0F",
            "🏽",
            "\u202E",
            "\u2069",
            "\u0301",
            "ش",
            "\u200C",
            "\u200F",
            "\U000E0067",
            "🏴",
            " ",
            "\n",
            "\u3164",
            "\uD800",
        ];
        for (var run = 0; run < 5_000; run++)
        {
            var text = string.Concat(
                Enumerable.Range(0, random.Next(10)).Select(_ => pieces[random.Next(pieces.Length)])
            );
            var clean = VisibleText.Lines(text);
            Assert.Equal(Codes(clean), Codes(VisibleText.Lines(clean)));
            Assert.DoesNotContain(clean, character => "\u202E\u2069\u3164".Contains(character));
            Assert.Equal(VisibleText.Line(clean), VisibleText.Line(text));
        }
    }

    [Theory]
    [InlineData("Mesa de pino", 20, "Mesa de pino")]
    [InlineData("Mesa\n\nde   pino", 20, "Mesa de pino")]
    [InlineData("Mesa de pino, casi nueva", 14, "Mesa de pino…")]
    [InlineData("Otorrinolaringólogo", 8, "Otorrin…")]
    [InlineData("abcdefgh👩\u200D🔧👩\u200D🔧", 12, "abcdefgh…")]
    [InlineData("aaaaaaaaa👨\u200D👩\u200D👧\u200D👦", 12, "aaaaaaaaa…")]
    public void A_long_text_is_cut_between_words_or_at_least_between_characters(string text, int most, string cut)
    {
        Assert.Equal(cut, VisibleText.Cut(text, most));
        Assert.InRange(VisibleText.Cut(text, most).Length, 0, most);
    }

    private static string Codes(string text) => string.Join(' ', text.Select(unit => $"{(int)unit:X4}"));
}
