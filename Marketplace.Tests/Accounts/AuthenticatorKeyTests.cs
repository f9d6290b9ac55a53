using Marketplace.Tests.Support;

namespace Marketplace.Tests.Accounts;

public sealed class AuthenticatorKeyTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    [Theory]
    [InlineData("es", "Código QR para tu aplicación de autenticación")]
    [InlineData("en", "QR code for your authenticator app")]
    public async Task Who_sets_up_the_second_factor_can_scan_the_key(string language, string name)
    {
        using var browser = await SiteClient.SignedInAsync(app, await app.JoinAsync("Ana"));
        browser.DefaultRequestHeaders.Remove("Accept-Language");
        browser.DefaultRequestHeaders.Add("Accept-Language", language);
        await browser.SubmitAsync("/account/manage/two-factor", new() { ["_handler"] = "setup" });
        var html = System.Net.WebUtility.HtmlDecode(
            await browser.GetStringAsync("/account/manage/two-factor?setup=true")
        );
        Assert.Contains($"role=\"img\" aria-label=\"{name}\"", html);
        Assert.Matches(
            """<svg [^>]*width="200" height="200">\s*<rect [^>]*fill="white"/>\s*<path fill="black" """,
            html
        );
        Assert.Contains("otpauth://totp/Marketplace:", html);
    }
}
