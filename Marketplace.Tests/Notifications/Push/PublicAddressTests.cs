using System.Net;
using Marketplace.Tests.Support;
using Marketplace.Web.Notifications.Push;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Notifications.Push;

/// <summary>Endpoints come from anybody, and lead nowhere into the network of the site.</summary>
public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("142.250.184.10")]
    [InlineData("2a00:1450:4003:80f::200a")]
    [InlineData("::ffff:142.250.184.10")]
    public void Push_services_are_public(string address) =>
        Assert.True(PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("198.19.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    public void Others_are_not(string address) => Assert.False(PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://localhost")]
    [InlineData("http://127.0.0.1")]
    public async Task A_name_that_leads_here_gets_no_connection(string here)
    {
        await using var app = new MarketplaceApp { Settings = { ["Push:AllowLoopback"] = "false" } };
        await using var host = new PushHost(TimeProvider.System);
        using var browser = PushBrowser.At(new UriBuilder(here) { Port = host.Address.Port, Path = "/push/x" }.Uri);
        var device = new PushDevice
        {
            Endpoint = browser.Endpoint.AbsoluteUri,
            Key = "",
            PublicKey = browser.PublicKey,
            Secret = browser.Secret,
        };
        var sender = app.Services.GetRequiredService<PushSender>();
        var reply = await sender.SendAsync(device, new PushLetter("test", "{}", IsUrgent: false));
        Assert.Equal(PushAnswer.Busy, reply.Answer);
        Assert.Equal(0, host.Asked);
    }
}
