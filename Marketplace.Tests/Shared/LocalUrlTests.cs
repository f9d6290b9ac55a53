using Marketplace.Web.Shared;

namespace Marketplace.Tests.Shared;

public sealed class LocalUrlTests
{
    [Theory]
    [InlineData("/messages/7?at=3")]
    [InlineData("/?q=//mesa/.")]
    [InlineData("/?q=mesa%20de%20pino&place=C%C3%B3rdoba")]
    public void An_address_of_the_site_is_taken(string url) => Assert.Equal(url, LocalUrl.OrHome(url));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("messages")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/a\\..\\b")]
    [InlineData("/.//evil.example")]
    [InlineData("/a/..//evil.example")]
    [InlineData("/messages//7")]
    [InlineData("https://evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/ñandú")]
    [InlineData("/a b")]
    [InlineData("/a\r\nSet-Cookie: x=y")]
    [InlineData("/\u202Egnp")]
    [InlineData("/\0")]
    public void Any_other_leads_home(string? url) => Assert.Equal("/", LocalUrl.OrHome(url));
}
