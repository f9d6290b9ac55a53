using Marketplace.Tests.Support;
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
    [InlineData("/%00")]
    [InlineData("/%2e//evil.example")]
    [InlineData("/account/%2e/logout")]
    [InlineData("/Account/log%6Fut?x=1")]
    [InlineData("/account/logout/")]
    public void Any_other_leads_home(string? url) => Assert.Equal("/", LocalUrl.OrHome(url));

    [Fact]
    public async Task Nobody_is_led_to_what_takes_no_visit()
    {
        await using var app = new MarketplaceApp();
        var visited = SiteEndpoints.Of(app).ToLookup(one => one.Pattern, one => one.Method);
        var posted = visited.Where(one => !one.Contains("GET")).Select(one => SiteEndpoints.Filled(one.Key, _ => "7"));
        Assert.DoesNotContain(posted, path => LocalUrl.OrHome(path) != LocalUrl.Home);
    }
}
