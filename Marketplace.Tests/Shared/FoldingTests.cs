using System.Text;
using Marketplace.Web.Shared;

namespace Marketplace.Tests.Shared;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("Bicicleta ELÉCTRICA", "bicicleta electrica")]
    [InlineData("AÑO Ñandú", "año ñandu")]
    [InlineData("pingüino çedilla", "pinguino cedilla")]
    [InlineData("👍 שָׁלוֹם", "👍 שלום")]
    public void Case_and_accents_go_and_the_tilde_of_ñ_stays(string text, string folded) =>
        Assert.Equal(folded, Folding.Fold(text));

    // A trailing mark folds away, but forces the path without the Latin table.
    [Fact]
    public void Latin_letters_fold_as_those_of_any_language_do()
    {
        for (var code = 0; code < 0x300; code++)
            Assert.Equal(Folding.Fold($"n{(char)code}N\u0301"), Folding.Fold($"n{(char)code}N"));
    }

    [Fact]
    public void A_letter_of_any_alphabet_folds_as_its_capital_does_and_once_folded_stays()
    {
        for (var code = 0; code <= 0x10FFFF; code++)
        {
            if (!Rune.IsValid(code))
                continue;
            var letter = new Rune(code);
            var folded = Folding.Fold(letter.ToString());
            Assert.Equal(folded, Folding.Fold(Rune.ToUpperInvariant(letter).ToString()));
            Assert.Equal(folded, Folding.Fold(Rune.ToLowerInvariant(letter).ToString()));
            Assert.Equal(folded, Folding.Fold(folded));
        }
    }

    [Theory]
    [InlineData("Straße", "STRASSE")]
    [InlineData("ﬁnca", "FINCA")]
    [InlineData("Ὀδυσσεύς", "ΟΔΥΣΣΕΥΣ")]
    [InlineData("ᾳ", "ΑΙ")]
    [InlineData("diyarbakır", "DİYARBAKIR")]
    [InlineData("diyarbakır", "Diyarbakir")]
    [InlineData("Łódź", "LODZ")]
    [InlineData("smørrebrød", "SMORREBROD")]
    [InlineData("ｗｉｄｅ", "WIDE")]
    [InlineData("٣ غرف", "3 غُرَف")]
    [InlineData("cami\u00ADseta", "camiseta")]
    [InlineData("caf\u0065\u0301", "CAFÉ")]
    public void What_is_the_same_to_a_reader_folds_alike(string one, string other) =>
        Assert.Equal(Folding.Fold(one), Folding.Fold(other));

    [Theory]
    [InlineData("か", "が")]
    [InlineData("की", "का")]
    [InlineData("año", "ano")]
    public void What_is_another_word_to_a_reader_does_not(string one, string other) =>
        Assert.NotEqual(Folding.Fold(one), Folding.Fold(other));

    [Theory]
    [InlineData("bici", "bicicleta", "bico")]
    [InlineData("👍", "👍x", "👎")]
    [InlineData("\U000103FF", "\U000103FFx", "\U00010400")]
    [InlineData("\uD7FF", "\uD7FFx", "\uE000")]
    public void A_range_holds_all_that_begins_alike(string prefix, string within, string beyond)
    {
        var after = Encoding.UTF8.GetBytes(Folding.After(prefix));
        Assert.True(Encoding.UTF8.GetBytes(within).AsSpan().SequenceCompareTo(after) < 0);
        Assert.True(Encoding.UTF8.GetBytes(beyond).AsSpan().SequenceCompareTo(after) >= 0);
    }
}
