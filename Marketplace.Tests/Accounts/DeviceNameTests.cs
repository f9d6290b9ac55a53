using Marketplace.Web.Accounts.Sessions;

namespace Marketplace.Tests.Accounts;

public sealed class DeviceNameTests
{
    [Theory]
    [InlineData(
        "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
        "Chrome · Android"
    )]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari · iPhone")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge · Windows")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Firefox/130.0", "Firefox · Linux")]
    [InlineData("curl/8.5", "")]
    [InlineData(null, "")]
    public void A_device_is_named_as_its_person_knows_it(string? agent, string name) =>
        Assert.Equal(name, DeviceName.Of(agent));
}
