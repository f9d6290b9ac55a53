using Marketplace.Web.Chat.Messages;

namespace Marketplace.Tests.Chat;

public sealed class WebLinkTests
{
    [Theory]
    [InlineData("Mira https://a.es/b.", "https://a.es/b")]
    [InlineData("(https://a.es/b)", "https://a.es/b")]
    [InlineData("https://es.wikipedia.org/wiki/Mesa_(mueble)", "https://es.wikipedia.org/wiki/Mesa_(mueble)")]
    [InlineData(
        "(véase https://es.wikipedia.org/wiki/Mesa_(mueble)), y",
        "https://es.wikipedia.org/wiki/Mesa_(mueble)"
    )]
    [InlineData("[aquí](https://a.es/b)", "https://a.es/b")]
    [InlineData("**https://a.es/b** _https://a.es/c_ `https://a.es/d`", "https://a.es/b https://a.es/c https://a.es/d")]
    [InlineData(
        "«https://a.es/b» “https://a.es/c” \"https://a.es/d\" ‘https://a.es/e’",
        "https://a.es/b https://a.es/c https://a.es/d https://a.es/e"
    )]
    [InlineData("https://a.es/b… https://a.es/c...", "https://a.es/b https://a.es/c")]
    [InlineData("https://a.es,https://b.es;www.c.es", "https://a.es https://b.es www.c.es")]
    [InlineData("https://web.archive.org/web/2020/https://a.es/b", "https://web.archive.org/web/2020/https://a.es/b")]
    [InlineData("https://a.es/b、https://a.es/c。", "https://a.es/b https://a.es/c")]
    [InlineData("見てhttps://a.jp/bを", "https://a.jp/bを")]
    [InlineData("見てhttps://a.jpを", "https://a.jp")]
    [InlineData("смотриhttps://a.es", "https://a.es")]
    [InlineData("https://a.es/mañana/niño", "https://a.es/mañana/niño")]
    [InlineData("HTTPS://A.ES/b", "HTTPS://A.ES/b")]
    [InlineData("https://a.es:8443/b?c=d#e", "https://a.es:8443/b?c=d#e")]
    [InlineData("https://a.es/\u202Egpj.exe", "https://a.es/")]
    [InlineData("xhttps://a.es ana@www.a.es https:// www. http://", "")]
    [InlineData("https://banco.es@malo.es/", "")]
    [InlineData("https://a.es(ver)", "https://a.es")]
    [InlineData("https://a.es(ver esto)", "https://a.es")]
    public void An_address_ends_where_a_reader_sees_it_end(string text, string links) =>
        Assert.Equal(links, Links(text));

    [Theory]
    [InlineData("https://bаnco.es/x", "https://xn--bnco-53d.es/x")]
    [InlineData("https://аррӏе.com", "https://xn--80ak6aa92e.com")]
    [InlineData("https://ñandú.es/x", null)]
    [InlineData("https://пример.рф", null)]
    [InlineData("https://東京abc.jp", null)]
    [InlineData("https://שלום.com/x", "https://xn--9dbne9b.com/x")]
    public void A_host_that_would_be_taken_for_another_is_spelled_out(string text, string? spelled) =>
        Assert.Equal(spelled, Assert.Single(WebLink.Find(text)).Spelled);

    /// <summary>Against the plain definition: the longest balanced part that does not end in punctuation.</summary>
    [Fact]
    public void Whatever_stands_around_an_address_it_ends_as_defined()
    {
        var random = new Random(5);
        const string signs = "ab/.,()[]!*_? \"";
        for (var run = 0; run < 20_000; run++)
        {
            var tail = string.Concat(
                Enumerable.Range(0, random.Next(12)).Select(_ => signs[random.Next(signs.Length)])
            );
            var text = "https://a.es/" + tail;
            Assert.Equal(Defined(text), Links(text));
        }

        static string Defined(string text)
        {
            var end = text.AsSpan().IndexOfAny(' ', '"');
            for (end = end < 0 ? text.Length : end; ; end--)
                if (!".,!*_?".Contains(text[end - 1]) && IsBalanced(text[..end]))
                    return text[..end];
        }

        static bool IsBalanced(string text)
        {
            for (string before; (before = text) != (text = Plain(text)); ) { }
            return text.Length == 0;

            static string Plain(string text) =>
                string.Concat(text.Where("()[]".Contains)).Replace("()", "").Replace("[]", "");
        }
    }

    private static string Links(string text) =>
        string.Join(' ', WebLink.Find(text).Select(link => text.Substring(link.Span.Start, link.Span.Length)));
}
