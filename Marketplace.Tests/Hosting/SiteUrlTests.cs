using System.Net;
using Marketplace.Tests.Support;
using Marketplace.Web.Mail;
using Marketplace.Web.Shared;
using Marketplace.Web.Shared.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace Marketplace.Tests.Hosting;

/// <summary>Whoever forges a host finds it nowhere.</summary>
public sealed class SiteUrlTests
{
    private const string Site = "https://market.example";
    private const string Forged = "evil.example";

    [Theory]
    [InlineData("/market")]
    [InlineData("market.example")]
    [InlineData("ftp://market.example")]
    [InlineData("https://market.example/tienda")]
    [InlineData("https://market.example/?a=b")]
    [InlineData("https://market.example/#a")]
    [InlineData("https://ana@market.example")]
    public void An_address_that_no_link_can_begin_with_stops_the_start(string url) =>
        Assert.Contains(
            $"Site:Url: read '{url}'; allowed: the site's http or https address without a path",
            Assert.Throws<SettingException>(() => SiteSettings.Read(With(("Site:Url", url)))).Message
        );

    [Theory]
    [InlineData("Production", false)]
    [InlineData("Development", true)]
    public void Mail_needs_the_site_s_address_outside_development(string where, bool starts)
    {
        // A list of hosts does not say which of them links lead to.
        var settings = With(("Smtp:Host", "127.0.0.1"), ("Smtp:From", "a@market.example"), ("AllowedHosts", Forged));
        var environment = new HostingEnvironment { EnvironmentName = where, ContentRootPath = Path.GetTempPath() };
        var refusal = Record.Exception(() => MailSettings.Read(settings, environment));
        if (starts)
            Assert.Null(refusal);
        else
            Assert.Contains("Site:Url: read nothing", Assert.IsType<SettingException>(refusal).Message);
    }

    [Theory]
    [InlineData(Site, Site)]
    [InlineData("", "http://localhost")]
    public async Task A_mail_that_was_asked_for_under_a_forged_host_leads_to_the_site(string url, string start)
    {
        await using var server = new SmtpHost();
        await using var app = new MarketplaceApp
        {
            Settings =
            {
                ["Smtp:Host"] = "127.0.0.1",
                ["Smtp:Port"] = $"{server.Port}",
                ["Smtp:Tls"] = "None",
                ["Smtp:From"] = "tienda@market.example",
                ["Site:Url"] = url,
            },
        };
        var ana = await app.JoinAsync("Ana");
        using var forger = Forger(app);
        await forger.SubmitAsync(
            "/account/forgot-password",
            new() { ["_handler"] = "forgot", ["Form.Email"] = ana.Email }
        );
        await Eventually.TrueAsync(() => !server.Received.IsEmpty, "the mail has arrived");
        var text = Assert.Single(server.Received).Mail.TextBody!;
        Assert.Contains($"{start}/account/reset-password?code=", text);
        Assert.DoesNotContain(Forged, text);
    }

    [Fact]
    public async Task A_forged_host_stands_on_no_page_and_in_no_redirect()
    {
        await using var app = new MarketplaceApp { Settings = { ["Site:Url"] = Site } };
        var ana = await app.JoinAsync("Ana");
        var bicycle = await ana.SellsAsync();
        using var forger = Forger(app);
        foreach (
            var path in new[] { "/", $"/listings/{bicycle}", $"/people/{ana.Id}", "/account/login", "/robots.txt" }
        )
        {
            var page = await forger.GetStringAsync(path);
            Assert.Contains(Site, page);
            Assert.DoesNotContain(Forged, page);
        }
        Assert.DoesNotContain(Forged, await forger.GetStringAsync("/sitemap.xml"));
        Assert.DoesNotContain(Forged, await forger.GetStringAsync("/openapi/v1.json"));
        Assert.Equal("/account/login?ReturnUrl=%2Fmessages", await RedirectAsync(forger.GetAsync("/messages")));
        var entry = new Dictionary<string, string>
        {
            ["_handler"] = "login",
            ["Form.Email"] = ana.Email,
            ["Form.Password"] = MarketplaceApp.Password,
        };
        Assert.Equal(
            "/favourites",
            await RedirectAsync(forger.SubmitAsync("/account/login?ReturnUrl=/favourites", entry))
        );
    }

    [Fact]
    public async Task Who_comes_without_encryption_under_a_forged_host_is_led_to_the_site()
    {
        await using var app = new MarketplaceApp
        {
            Settings =
            {
                ["environment"] = Environments.Production,
                ["Site:Url"] = Site,
                ["https_port"] = "443",
            },
        };
        using var forger = Forger(app);
        Assert.Equal($"{Site}/listings/1?a=b", await RedirectAsync(forger.GetAsync("/listings/1?a=b")));
    }

    [Theory]
    [InlineData("market.example", "http://market.example/")]
    [InlineData(Forged, "http://localhost/")]
    public async Task A_proxy_passes_on_the_hosts_that_are_allowed_and_no_others(string forwarded, string shown)
    {
        await using var app = new MarketplaceApp
        {
            Settings = { ["Proxy:Addresses:0"] = "127.0.0.1", ["AllowedHosts"] = "market.example;localhost" },
        };
        using var visitor = SiteClient.Visitor(app);
        visitor.DefaultRequestHeaders.Add("X-Forwarded-Host", forwarded);
        Assert.Contains($"<link rel=\"canonical\" href=\"{shown}", await visitor.GetStringAsync("/"));
    }

    private static HttpClient Forger(MarketplaceApp app)
    {
        var client = SiteClient.Visitor(app);
        client.DefaultRequestHeaders.Host = Forged;
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", Forged);
        return client;
    }

    private static async Task<string?> RedirectAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        Assert.InRange(answer.StatusCode, HttpStatusCode.Redirect, HttpStatusCode.TemporaryRedirect);
        return answer.Headers.Location?.OriginalString;
    }

    private static IConfiguration With(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(one => one.Key, one => one.Value))
            .Build();
}
