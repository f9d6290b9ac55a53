using System.Net;
using AngleSharp.Html.Parser;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Accounts;

/// <summary>Changing an account takes a fresh proof.</summary>
public sealed class ProofTests : OwnerTests
{
    [Theory]
    [InlineData("/account/manage/email")]
    [InlineData("/account/manage/password")]
    [InlineData("/account/manage/two-factor")]
    [InlineData("/account/manage/passkeys")]
    [InlineData("/account/manage/data")]
    [InlineData("/account/manage/data/delete")]
    public async Task After_five_minutes_only_who_knows_the_password_changes_the_account(string page)
    {
        using var browser = await SignInAsync();
        var form = await browser.GetAsync(page);
        Assert.Equal(HttpStatusCode.OK, form.StatusCode);
        Site.Clock.Advance(TimeSpan.FromMinutes(5));
        var asked = await browser.GetAsync(page);
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        var proof = asked.LeadsTo()!;
        Assert.StartsWith("/account/manage/proof?", proof);
        // A form that was opened in time does not outlive the proof.
        var late = await browser.PostAsync(page, new FormUrlEncodedContent([]));
        Assert.Equal(proof, late.LeadsTo());
        var wrong = await ProveAsync(browser, proof, "no es esta");
        Assert.Contains(
            "La contraseña no es correcta.",
            WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync())
        );
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync(page)).StatusCode);
        Assert.Equal(page, (await ProveAsync(browser, proof)).LeadsTo());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(page)).StatusCode);
    }

    [Fact]
    public async Task Devices_are_seen_without_a_proof_and_ended_after_one()
    {
        const string page = "/account/manage/sessions";
        using var browser = await SignInAsync();
        using var phone = await SignInAsync();
        Site.Clock.Advance(TimeSpan.FromMinutes(5));
        var fields = new Dictionary<string, string> { ["_handler"] = "sessions", ["Form.End"] = "others" };
        var asked = await browser.SubmitAsync(page, fields);
        Assert.Equal("/account/manage/proof?ReturnUrl=%2Faccount%2Fmanage%2Fsessions", asked.LeadsTo());
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync(page)).StatusCode);
        Assert.Equal(page, (await ProveAsync(browser, asked.LeadsTo()!)).LeadsTo());
        await browser.SubmitAsync(page, fields);
        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync(page)).StatusCode);
    }

    [Fact]
    public async Task Wrong_proofs_count_as_failed_sign_ins()
    {
        using var browser = await SignInAsync();
        Site.Clock.Advance(TimeSpan.FromMinutes(5));
        const string proof = "/account/manage/proof";
        for (var guess = 0; guess < 5; guess++)
            Assert.Equal(HttpStatusCode.OK, (await ProveAsync(browser, proof, $"mal {guess}")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await ProveAsync(browser, proof)).StatusCode);
    }

    [Fact]
    public async Task Who_is_signed_in_proves_it_while_others_guess_the_password()
    {
        var (jar, kept) = (new CookieContainer(), new CookieContainer());
        using var first = Site.App.CreateDefaultClient(new CookieContainerHandler(jar));
        await EnterAsync(first, MarketplaceApp.Password);
        // The cookie of the session alone.
        kept.Add(jar.GetCookies(first.BaseAddress!)["marketplace.session"]!);
        using var browser = Site.App.CreateDefaultClient(new CookieContainerHandler(kept));
        for (var guess = 0; guess < 20; guess++)
            await EnterAsync(Site.Visitor($"203.0.113.{guess}"), "mal");
        Assert.Equal("/", (await ProveAsync(browser, "/account/manage/proof")).LeadsTo());
    }

    [Fact]
    public async Task A_copied_cookie_is_worth_nothing_after_the_owner_s_proof_or_new_password()
    {
        var jar = new CookieContainer();
        using var own = Site.App.CreateDefaultClient(new CookieContainerHandler(jar));
        await EnterAsync(own, MarketplaceApp.Password);
        using var first = Copy(jar);
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/account/manage/data")).StatusCode);
        Assert.Equal("/", (await ProveAsync(own, "/account/manage/proof")).LeadsTo());
        Assert.StartsWith("/account/login", (await first.GetAsync("/account/manage/data")).LeadsTo());
        using var second = Copy(jar);
        await own.SubmitAsync(
            "/account/manage/password",
            new()
            {
                ["_handler"] = "password",
                ["Form.Current"] = MarketplaceApp.Password,
                ["Form.New"] = "tres gatos en la cocina",
            }
        );
        Assert.StartsWith("/account/login", (await second.GetAsync("/account/manage/data")).LeadsTo());
        Assert.Equal(HttpStatusCode.OK, (await own.GetAsync("/account/manage/data")).StatusCode);
    }

    private HttpClient Copy(CookieContainer jar)
    {
        var copied = new CookieContainer();
        copied.Add(jar.GetCookies(new Uri("http://localhost"))["marketplace.session"]!);
        return Site.App.CreateDefaultClient(new CookieContainerHandler(copied));
    }

    [Fact]
    public async Task The_proof_asks_for_the_second_factor_where_it_is_on()
    {
        using var browser = await SignInAsync();
        string key;
        await using (var scope = Site.App.Services.CreateAsyncScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
            var user = (await accounts.FindByIdAsync($"{Ana.Id}"))!;
            user.TwoFactorEnabled = true;
            await accounts.SetAuthenticatorKeyAsync(user, key = "JBSWY3DPEHPK3PXP");
            await accounts.UpdateAsync(user);
        }
        Site.Clock.Advance(TimeSpan.FromMinutes(5));
        const string proof = "/account/manage/proof?returnUrl=%2Faccount%2Fmanage%2Femail";
        Assert.Equal(HttpStatusCode.OK, (await ProveAsync(browser, proof)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ProveAsync(browser, proof, code: "000000")).StatusCode);
        var right = await ProveAsync(browser, proof, code: OneTimeCode.Of(key, Site.Clock.GetUtcNow()));
        Assert.Equal("/account/manage/email", right.LeadsTo());
    }

    [Theory]
    [InlineData("/account/manage/email", "Para cambiar tu correo", "/account/manage")]
    [InlineData("/account/manage/passkeys", "Para cambiar tus llaves de acceso", "/account/manage")]
    [InlineData("/account/manage/sessions", "Para cerrar sesiones", "/account/manage/sessions")]
    [InlineData("/admin/users?q=ana", "Para dar permisos", "/admin/users?q=ana")]
    [InlineData("/elsewhere", "Vas a cambiar algo importante", "/account/manage")]
    public async Task The_proof_says_what_it_is_for_and_can_be_left(string returnUrl, string sentence, string left)
    {
        using var browser = await SignInAsync();
        var answer = await browser.GetAsync($"/account/manage/proof?ReturnUrl={Uri.EscapeDataString(returnUrl)}");
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        Assert.Contains(sentence, page.QuerySelector("main .panel p")!.TextContent);
        Assert.Contains(
            page.QuerySelectorAll("main .panel a"),
            link => link.TextContent == "Cancelar" && link.GetAttribute("href") == left
        );
    }

    private static Task<HttpResponseMessage> ProveAsync(
        HttpClient browser,
        string page,
        string password = MarketplaceApp.Password,
        string code = ""
    ) =>
        browser.SubmitAsync(
            page,
            new()
            {
                ["_handler"] = "proof",
                ["Form.Password"] = password,
                ["Form.Code"] = code,
            }
        );
}
