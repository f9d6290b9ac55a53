using Marketplace.Web.Shared;

namespace Marketplace.Tests.Shared;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("Bicicleta ELÉCTRICA", "bicicleta electrica")]
    [InlineData("AÑO Ñandú", "año ñandu")]
    [InlineData("pingüino çedilla", "pinguino cedilla")]
    [InlineData("👍 שלום", "👍 שלום")]
    public void Case_and_accents_go_and_the_tilde_of_ñ_stays(string text, string folded) =>
        Assert.Equal(folded, Folding.Fold(text));

    // A mark at the end goes away, and no text with a mark is Latin letters alone.
    [Fact]
    public void Latin_letters_fold_as_those_of_any_language_do()
    {
        for (var code = 0; code < 0x300; code++)
            Assert.Equal(Folding.Fold($"n{(char)code}N\u0301"), Folding.Fold($"n{(char)code}N"));
    }

    // Normalization throws on them; whoever sends them is no reason to fail.
    [Theory]
    [InlineData("hola\uFFFEmesa")]
    [InlineData("hola\uD83Dmesa")]
    public void What_is_no_character_separates_words(string text) =>
        Assert.Equal(["hola", "mesa"], Folding.Words(text));

    [Fact]
    public void Words_are_distinct_and_end_at_signs() =>
        Assert.Equal(["sofa", "gris", "3", "plazas"], Folding.Words("Sofá gris, 3 plazas (sofá)"));

    [Theory]
    [InlineData("¿Qué batería, QUE?", "1+3 14+3")]
    [InlineData("aquel queso", "")]
    [InlineData("que\u0301", "0+4")]
    public void Whole_words_are_marked_where_they_stand(string text, string spans) =>
        Assert.Equal(spans, string.Join(' ', Folding.Find(text, ["que"]).Select(s => $"{s.Start}+{s.Length}")));

    [Fact]
    public void A_range_holds_all_that_begins_alike()
    {
        var after = Folding.After("bici");
        Assert.True(string.CompareOrdinal("bicicleta", after) < 0);
        Assert.True(string.CompareOrdinal("bico", after) >= 0);
    }
}
