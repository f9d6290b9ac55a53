using Marketplace.Web.Shared;

namespace Marketplace.Tests.Shared;

public sealed class WordsTests
{
    [Theory]
    [InlineData("Sofá gris, 3 plazas (sofá)", "sofa gris 3 plazas sofa")]
    [InlineData("mañana👍", "mañana 👍")]
    [InlineData("🚲Bicicleta🚲plegable", "🚲 bicicleta 🚲 plegable")]
    [InlineData("👍🏽👍", "👍 👍")]
    [InlineData("👨‍👩‍👧en casa", "👨‍👩‍👧 en casa")]
    [InlineData("❤️ y ❤", "❤ y ❤")]
    [InlineData("🇪🇸🇵🇹", "🇪🇸 🇵🇹")]
    [InlineData("bi\u00ADci\u200Bcle\u2060ta", "bicicleta")]
    [InlineData("bici\uFEFF \u200Eroja\u200F", "bici roja")]
    [InlineData("e\u0301xito", "exito")]
    [InlineData("m² y ½ kg", "m2 y 12 kg")]
    [InlineData("東京駅", "東 東京 京 京駅 駅")]
    [InlineData("自転車 bici東京", "自 自転 転 転車 車 bici 東 東京 京")]
    [InlineData("กิน", "ก กิ ิ ิน น")]
    [InlineData("자전거 팝니다", "자전거 팝니다")]
    [InlineData("hola\uFFFEmesa", "hola mesa")]
    [InlineData("hola\uD83Dmesa", "hola mesa")]
    [InlineData(" \u200B\u200D ", "")]
    public void A_text_is_read_as_its_words(string text, string tokens)
    {
        Assert.Equal(tokens, string.Join(' ', Words.Tokens(text)));
        Assert.Equal(tokens, Words.Line(text).TrimEnd());
    }

    [Fact]
    public void A_word_is_cut_where_nobody_types_on_and_no_sign_in_two()
    {
        var chain = string.Join('\u200D', Enumerable.Repeat("👨", 30));
        Assert.All(
            Words.Tokens($"{new string('a', 50)} {chain} {new string('\u0301', 90)}"),
            token => Assert.InRange(token.Length, 1, Words.MaxLength)
        );
        Assert.DoesNotContain('\uFFFD', string.Join(' ', Words.Tokens("x" + chain)));
        for (var shift = 0; shift < 3; shift++)
        {
            var key = Words.Key(
                new string('a', shift) + string.Concat(Enumerable.Range(0x1F600, 64).Select(char.ConvertFromUtf32))
            );
            Assert.InRange(key.Length, Words.MaxKeyLength - 1, Words.MaxKeyLength);
            Assert.Equal(key, Folding.Sound(key));
        }
    }

    [Theory]
    [InlineData("📍Madrid", "madrid 📍")]
    [InlineData("🌸Ana  García🌸", "ana garcia 🌸")]
    [InlineData("佐藤健", "佐藤健")]
    public void A_name_is_found_by_its_letters_first(string name, string key) => Assert.Equal(key, Words.Key(name));

    [Theory]
    [InlineData("¿Qué batería, QUE?", "que x", "1+3 14+3")]
    [InlineData("aquel queso", "que x", "")]
    [InlineData("que\u0301", "que x", "0+4")]
    [InlineData("cargador y carga", "carg", "0+8 11+5")]
    [InlineData("Grüße aus der STRASSE", "straße", "14+7")]
    [InlineData("mañana👍🏽", "👍", "6+4")]
    [InlineData("ma\u00ADñana", "mañana x", "0+7")]
    [InlineData("新しい自転車です", "自転車", "3+3")]
    [InlineData("転車自", "自転車", "")]
    [InlineData("กินข้าวแล้ว", "ข้าว", "3+4")]
    public void What_was_sought_is_marked_where_it_stands(string text, string sought, string spans) =>
        Assert.Equal(
            spans,
            string.Join(' ', SearchWord.Find(text, SearchWord.Of(sought)).Select(span => $"{span.Start}+{span.Length}"))
        );

    [Theory]
    [InlineData("carg", "carg*")]
    [InlineData("el carg", "el carg*")]
    [InlineData("carg el", "carg el*")]
    [InlineData("a", "a")]
    [InlineData("自転車", "自転 転車")]
    [InlineData("車", "車")]
    [InlineData("el el", "el")]
    public void A_search_asks_for_whole_words_and_for_what_the_last_begins(string text, string asked) =>
        Assert.Equal(
            asked,
            string.Join(' ', SearchWord.Of(text).SelectMany(one => one.Tokens.Select(t => one.Begins ? t + "*" : t)))
        );

    /// <summary>Each word of a random text finds the text and is marked whole.</summary>
    [Fact]
    public void Every_word_of_a_text_finds_it()
    {
        var random = new Random(17);
        string[] pieces =
        [
            "Año",
            "ﬁn",
            "👍🏽",
            "👨‍👩‍👧",
            "東京",
            "กิน",
            " ",
            "-",
            "\u200B",
            "e\u0301",
            "İ",
            "ß",
            "3",
            "🇪🇸",
            "한국",
            "\n",
            "﷽",
        ];
        for (var run = 0; run < 2_000; run++)
        {
            var text = string.Concat(
                Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)])
            );
            var held = Words.Tokens(text).ToHashSet();
            foreach (var word in SearchWord.Of(text))
            {
                Assert.All(word.Tokens, token => Assert.Contains(token, held));
                Assert.NotEmpty(SearchWord.Find(text, [word]));
            }
        }
    }
}
