using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Marketplace.Web.Safety.Rules;

namespace Marketplace.Tests.Safety;

public sealed class SafetyRulesTests
{
    private static readonly SafetyContext Anybody = new(SenderName: "Bruno", SiteHost: "marketplace.example");

    private static readonly SafetyContext NewBuyer = Anybody with { IsFirstContact = true, IsNewAccount = true };

    [Theory]
    [InlineData("Te mando una SOLICITUD de Bízum", SafetyRule.BizumRequest)]
    [InlineData("te mando una s o l i c i t u d de b.i.z.u.m", SafetyRule.BizumRequest)]
    [InlineData("te mando una solicitud de ｂｉｚｕｍ", SafetyRule.BizumRequest)]
    [InlineData("te mando una soli\u200Bcitud de bi\u00ADzum", SafetyRule.BizumRequest)]
    [InlineData("te mando una solicitud de Вizum", SafetyRule.BizumRequest)]
    [InlineData("te mando una s0licitud de b1zum", SafetyRule.BizumRequest)]
    [InlineData("te mando una\nsolicitud\n\nde bizum", SafetyRule.BizumRequest)]
    [InlineData("te mando una solici\u0301tud de 𝐁𝐢𝐳𝐮𝐦", SafetyRule.BizumRequest)]
    [InlineData("paga con neo-surf", SafetyRule.PrepaidCard)]
    [InlineData("entra en https://sеur-recogida.com", SafetyRule.FalseLink)]
    [InlineData("entra en www . correos-pago . com", SafetyRule.FalseLink)]
    [InlineData("entra en correos-pago(.)com", SafetyRule.FalseLink)]
    [InlineData("https://соrreos.es", SafetyRule.FalseLink)]
    public void Disguised_words_are_read_as_an_eye_reads_them(string text, SafetyRule rule) =>
        Assert.Equal([rule], SafetyRules.Find(text, Anybody).Select(finding => finding.Rule));

    [Theory]
    [InlineData("escríbeme al 6 1 2 3 4 5 6 7 8")]
    [InlineData("escríbeme al 612.345.678")]
    [InlineData("ana (arroba) gmail (punto) com")]
    [InlineData("w h a t s a p p?")]
    [InlineData("wh@tsapp?")]
    public void A_new_account_is_told_about_leading_away_in_its_first_contact_only(string text)
    {
        Assert.Equal([SafetyRule.MovesAway], SafetyRules.Find(text, NewBuyer).Select(finding => finding.Rule));
        Assert.Empty(SafetyRules.Find(text, NewBuyer with { IsFirstContact = false }));
        Assert.Empty(SafetyRules.Find(text, NewBuyer with { IsNewAccount = false }));
    }

    [Fact]
    public void A_seller_may_ask_for_the_price_by_Bizum_and_a_buyer_may_not()
    {
        const string request = "te mando una solicitud de bizum";
        Assert.Empty(SafetyRules.Find(request, Anybody with { FromBuyer = false }));
        Assert.Single(SafetyRules.Find(request, Anybody));
    }

    [Theory]
    [InlineData("https://marketplace.example/listings/3")]
    [InlineData("https://www.correos.es/seguimiento")]
    [InlineData("HTTPS://ES.WALLAPOP.COM/item/3")]
    [InlineData("pago por bizum.mañana te digo")]
    [InlineData("voy a correos.es que cierra a las 8")]
    [InlineData("ana@correo.ugr.es")]
    public void Their_own_hosts_and_a_missing_space_are_no_links_of_others(string text) =>
        Assert.Empty(SafetyRules.Find(text, Anybody));

    [Theory]
    [InlineData("Hola, 👋 te mando\u200B una solicitud de B i z u m ya", "te mando\u200B una solicitud de B i z u m")]
    [InlineData("vale. Paga con una PAYSAFECARD\u0301, venga", "PAYSAFECARD\u0301")]
    [InlineData("aquí: https://соrreos.es.", "https://соrreos.es")]
    public void The_words_are_those_of_the_text_as_given(string text, string words) =>
        Assert.Equal(words, Words(text, Assert.Single(SafetyRules.Find(text, Anybody))));

    [Fact]
    public void A_name_that_imitates_the_site_is_found_whatever_the_text_says()
    {
        var finding = Assert.Single(SafetyRules.Find("Hola", Anybody with { SenderName = "Ѕoporte" }));
        Assert.Equal((SafetyRule.FalseName, 0), (finding.Rule, finding.Span.Length));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("az-Latn-AZ")]
    [InlineData("th-TH")]
    public void No_culture_changes_what_is_found(string name)
    {
        var expected = All(Corpus.Lines);
        var before = CultureInfo.CurrentCulture;
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (new(name), new(name));
        Assert.Equal(expected, All(Corpus.Lines));
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, before);
    }

    [Fact]
    public void Case_changes_nothing()
    {
        var lines = Corpus.Lines.Where(line => !line.Labels.Contains(SafetyRule.FalseLink)).ToList();
        Assert.Equal(
            lines.Select(line => Rules(line.Text, line.Context)),
            lines.Select(line => Rules(line.Text.ToUpperInvariant(), line.Context))
        );
    }

    /// <summary>Any text, and such as is made of the words and signs that the rules look for.</summary>
    [Fact]
    public void Whatever_is_written_the_findings_lie_in_the_text_and_stay_the_same()
    {
        string[] parts =
        [
            .. Corpus.Lines.SelectMany(line => line.Text.Split(' ')).Distinct().Order(StringComparer.Ordinal),
            .. "\u200B|\u0301|\uD83D|\uDE00|😀|İ|ı|ß|ﬁ|.|@| |[.]|-|\0|\r\n|𝐁|://|xn--|9999999".Split('|'),
        ];
        var texts = Gen.OneOf(
            Gen.Elements(parts).ListOf().Select(words => string.Join(' ', words)),
            Gen.Elements(parts).ListOf().Select(words => string.Concat(words)),
            ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")
        );
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1_000).WithEndSize(60),
            Prop.ForAll(texts.ToArbitrary(), text => IsSound(text, NewBuyer with { Price = 100 }))
        );
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a ")]
    [InlineData("😀")]
    [InlineData("bizum acepta ")]
    [InlineData("dame pon falta ")]
    [InlineData("6 ")]
    [InlineData("a.")]
    public void Fifty_thousand_letters_are_read_no_further_than_a_message_may_be_long(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 50_000 / part.Length));
        Assert.True(IsSound(text, NewBuyer));
        Assert.True(new ReadableText(text).Text.Length <= ReadableText.MaxLength);
    }

    private static bool IsSound(string text, SafetyContext context)
    {
        var findings = SafetyRules.Find(text, context);
        return findings.All(finding =>
                finding.Span.Start >= 0
                && finding.Span.Length >= 0
                && finding.Span.Start + finding.Span.Length <= text.Length
            )
            && findings.Select(finding => finding.Rule).Distinct().Count() == findings.Count
            && findings.SequenceEqual(SafetyRules.Find(text, context));
    }

    private static List<SafetyFinding> All(IEnumerable<CorpusLine> lines) =>
        [.. lines.SelectMany(line => SafetyRules.Find(line.Text, line.Context))];

    private static string Rules(string text, SafetyContext context) =>
        string.Join(' ', SafetyRules.Find(text, context).Select(finding => finding.Rule));

    private static string Words(string text, SafetyFinding finding) =>
        text.Substring(finding.Span.Start, finding.Span.Length);
}
