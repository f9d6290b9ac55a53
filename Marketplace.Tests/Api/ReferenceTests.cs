using System.Net;
using Marketplace.Tests.Support;

namespace Marketplace.Tests.Api;

public sealed class ReferenceTests
{
    [Theory]
    [InlineData("Development", HttpStatusCode.OK)]
    [InlineData("Production", HttpStatusCode.NotFound)]
    public async Task The_reference_of_the_interface_is_there_for_developers_only(string where, HttpStatusCode status)
    {
        await using var app = new MarketplaceApp { Settings = { ["environment"] = where } };
        using var client = app.CreateClient();
        var answer = await client.GetAsync("/docs/");
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status, (await client.GetAsync("/docs/scalar.js")).StatusCode);
        if (status == HttpStatusCode.OK)
            Assert.DoesNotContain("//cdn", await answer.Content.ReadAsStringAsync());
    }
}
