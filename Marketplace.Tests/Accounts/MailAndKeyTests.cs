using Marketplace.Tests.Support;
using SmtpServer.Protocol;

namespace Marketplace.Tests.Accounts;

public sealed class MailAndKeyTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    [Theory]
    [InlineData(SmtpReplyCode.MailboxUnavailable, "Esta dirección no acepta correo.")]
    [InlineData(SmtpReplyCode.InsufficientStorage, "No hemos podido enviar el correo.")]
    public async Task Whose_new_address_takes_no_mail_reads_why(SmtpReplyCode code, string sentence)
    {
        await using var server = new SmtpHost { Refusal = new SmtpResponse(code, "no") };
        await using var site = new MarketplaceApp
        {
            Settings =
            {
                ["Smtp:Host"] = "127.0.0.1",
                ["Smtp:Port"] = $"{server.Port}",
                ["Smtp:Tls"] = "None",
                ["Smtp:From"] = "tienda@example.org",
            },
        };
        using var browser = await SiteClient.SignedInAsync(site, await site.JoinAsync("Ana"));
        var answer = await browser.SubmitAsync(
            "/account/manage/email",
            new() { ["_handler"] = "email", ["Form.Email"] = "nueva@ejemplo.es" }
        );
        Assert.Contains(sentence, System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

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
