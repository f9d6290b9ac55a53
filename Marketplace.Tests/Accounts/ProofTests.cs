using System.Net;
using AngleSharp.Html.Parser;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Accounts;

/// <summary>Changing an account takes a fresh proof, and its owner can take the change back.</summary>
public sealed class ProofTests : IAsyncLifetime
{
    private readonly SmtpApp site = new();
    private Person ana = default!;

    public async Task InitializeAsync() => ana = await site.App.JoinAsync("Ana");

    public Task DisposeAsync() => site.DisposeAsync().AsTask();

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
        site.Clock.Advance(TimeSpan.FromMinutes(5));
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
        site.Clock.Advance(TimeSpan.FromMinutes(5));
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
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        const string proof = "/account/manage/proof";
        for (var guess = 0; guess < 5; guess++)
            Assert.Equal(HttpStatusCode.OK, (await ProveAsync(browser, proof, $"mal {guess}")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await ProveAsync(browser, proof)).StatusCode);
    }

    [Fact]
    public async Task Who_is_signed_in_proves_it_while_others_guess_the_password()
    {
        var (jar, kept) = (new CookieContainer(), new CookieContainer());
        using var first = site.App.CreateDefaultClient(new CookieContainerHandler(jar));
        await EnterAsync(first, MarketplaceApp.Password);
        // The cookie of the session alone.
        kept.Add(jar.GetCookies(first.BaseAddress!)["marketplace.session"]!);
        using var browser = site.App.CreateDefaultClient(new CookieContainerHandler(kept));
        for (var guess = 0; guess < 20; guess++)
            await EnterAsync(site.Visitor($"203.0.113.{guess}"), "mal");
        Assert.Equal("/", (await ProveAsync(browser, "/account/manage/proof")).LeadsTo());
    }

    [Fact]
    public async Task A_copied_cookie_is_worth_nothing_after_the_owner_s_proof_or_new_password()
    {
        var jar = new CookieContainer();
        using var own = site.App.CreateDefaultClient(new CookieContainerHandler(jar));
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
        return site.App.CreateDefaultClient(new CookieContainerHandler(copied));
    }

    [Fact]
    public async Task The_proof_asks_for_the_second_factor_where_it_is_on()
    {
        using var browser = await SignInAsync();
        string key;
        await using (var scope = site.App.Services.CreateAsyncScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
            var user = (await accounts.FindByIdAsync($"{ana.Id}"))!;
            user.TwoFactorEnabled = true;
            await accounts.SetAuthenticatorKeyAsync(user, key = "JBSWY3DPEHPK3PXP");
            await accounts.UpdateAsync(user);
        }
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        const string proof = "/account/manage/proof?returnUrl=%2Faccount%2Fmanage%2Femail";
        Assert.Equal(HttpStatusCode.OK, (await ProveAsync(browser, proof)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ProveAsync(browser, proof, code: "000000")).StatusCode);
        var right = await ProveAsync(browser, proof, code: OneTimeCode.Of(key, site.Clock.GetUtcNow()));
        Assert.Equal("/account/manage/email", right.LeadsTo());
    }

    [Fact]
    public async Task Whose_address_a_thief_has_changed_takes_the_account_back()
    {
        using var thief = await SignInAsync();
        await MoveAsync(thief, "ladron@test.local");
        Assert.Equal("ladron@test.local", (await site.App.EnterAsync(ana.Id)).Email);

        using var owner = site.Visitor("192.0.2.7");
        var link = await site.LinkAsync(ana.Email, "/account/take-back");
        var answer = await owner.SubmitAsync(link, new() { ["_handler"] = "take-back" });
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/account/manage/privacy")).StatusCode);
        await owner.SubmitAsync(
            answer.LeadsTo()!,
            new() { ["_handler"] = "reset", ["Form.Password"] = "tres gatos en la cocina" }
        );
        await DeadAsync(owner, link);
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(owner, "tres gatos en la cocina")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await EnterAsync(thief, MarketplaceApp.Password)).StatusCode);
    }

    [Fact]
    public async Task Who_left_before_choosing_a_password_chooses_it_by_the_same_link()
    {
        using var thief = await SignInAsync();
        await MoveAsync(thief, "ladron@test.local");
        using var owner = site.Visitor("192.0.2.7");
        var link = await site.LinkAsync(ana.Email, "/account/take-back");
        await owner.SubmitAsync(link, new() { ["_handler"] = "take-back" });

        var again = (await owner.GetAsync(link)).LeadsTo()!;
        Assert.StartsWith("/account/reset-password", again);
        await owner.SubmitAsync(again, new() { ["_handler"] = "reset", ["Form.Password"] = "tres gatos en la cocina" });
        await DeadAsync(owner, link);
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(owner, "tres gatos en la cocina")).StatusCode);
    }

    [Fact]
    public async Task Links_that_a_thief_got_after_the_change_are_void_once_it_is_taken_back()
    {
        using var thief = await SignInAsync();
        await MoveAsync(thief, "ladron@test.local");
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await MoveAsync(thief, "ladron2@test.local");
        var later = await site.LinkAsync("ladron@test.local", "/account/take-back");
        using var owner = site.Visitor("192.0.2.7");
        await owner.SubmitAsync(
            await site.LinkAsync(ana.Email, "/account/take-back"),
            new() { ["_handler"] = "take-back" }
        );
        await DeadAsync(thief, later);
        Assert.Equal(ana.Email, (await site.App.EnterAsync(ana.Id)).Email);
    }

    [Fact]
    public async Task Nobody_keeps_an_address_from_its_owner_by_registering_with_it()
    {
        using var thief = await SignInAsync();
        await MoveAsync(thief, "ladron@test.local");
        await site.Visitor()
            .SubmitAsync(
                "/account/register",
                new()
                {
                    ["_handler"] = "register",
                    ["Form.DisplayName"] = "Otra",
                    ["Form.Email"] = ana.Email,
                    ["Form.Password"] = MarketplaceApp.Password,
                }
            );
        await site.Visitor("192.0.2.7")
            .SubmitAsync(await site.LinkAsync(ana.Email, "/account/take-back"), new() { ["_handler"] = "take-back" });
        Assert.Equal(ana.Email, (await site.App.EnterAsync(ana.Id)).Email);
    }

    [Fact]
    public async Task What_is_taken_back_leaves_no_recovery_code_and_no_passkey()
    {
        using var browser = await SignInAsync();
        await using var scope = site.App.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
        var user = (await accounts.FindByIdAsync($"{ana.Id}"))!;
        await accounts.GenerateNewTwoFactorRecoveryCodesAsync(user, 10);
        var added = site.Clock.GetUtcNow();
        await accounts.AddOrUpdatePasskeyAsync(user, new([1], [2], added, 0, null, true, false, false, [3], [4]));
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await MoveAsync(browser, "ladron@test.local");
        await site.Visitor()
            .SubmitAsync(await site.LinkAsync(ana.Email, "/account/take-back"), new() { ["_handler"] = "take-back" });
        await using var next = site.App.Services.CreateAsyncScope();
        accounts = next.ServiceProvider.GetRequiredService<AccountManager>();
        user = (await accounts.FindByIdAsync($"{ana.Id}"))!;
        Assert.Equal(0, await accounts.CountRecoveryCodesAsync(user));
        Assert.Empty(await accounts.GetPasskeysAsync(user));
    }

    [Fact]
    public async Task Who_asks_for_mails_again_and_again_floods_no_mailbox()
    {
        for (var i = 0; i < 8; i++)
            await site.Visitor($"203.0.113.{i}")
                .SubmitAsync("/account/forgot-password", new() { ["_handler"] = "forgot", ["Form.Email"] = ana.Email });
        using var browser = await SignInAsync();
        // The mail that its reader must get comes all the same, after those before it.
        await browser.SubmitAsync(
            "/account/manage/password",
            new()
            {
                ["_handler"] = "password",
                ["Form.Current"] = MarketplaceApp.Password,
                ["Form.New"] = "tres gatos en la cocina",
            }
        );
        await site.LinkAsync(ana.Email, "/account/take-back");
        Assert.Equal(6, site.Mails(ana.Email).Count());
    }

    [Fact]
    public async Task Whoever_asks_for_mails_in_an_owners_name_keeps_no_other_mail_from_them()
    {
        using var other = site.Visitor();
        await EnterAsync(other, (await site.App.JoinAsync("Bruno")).Email, MarketplaceApp.Password);
        for (var i = 0; i < 8; i++)
            await other.SubmitAsync(
                "/account/manage/email",
                new() { ["_handler"] = "email", ["Form.Email"] = ana.Email }
            );
        for (var guess = 0; guess < 20; guess++)
            await EnterAsync(site.Visitor($"203.0.113.{guess}"), "mal");
        await site.Visitor()
            .SubmitAsync("/account/forgot-password", new() { ["_handler"] = "forgot", ["Form.Email"] = ana.Email });
        await site.LinkAsync(ana.Email, "/account/unlock");
        await site.LinkAsync(ana.Email, "/account/reset-password");
        Assert.Equal(7, site.Mails(ana.Email).Count());
    }

    [Fact]
    public async Task A_link_that_takes_back_is_good_for_three_days()
    {
        using var browser = await SignInAsync();
        await browser.SubmitAsync(
            "/account/manage/password",
            new()
            {
                ["_handler"] = "password",
                ["Form.Current"] = MarketplaceApp.Password,
                ["Form.New"] = "tres gatos en la cocina",
            }
        );
        var link = await site.LinkAsync(ana.Email, "/account/take-back");
        site.Clock.Advance(TimeSpan.FromHours(73));
        await DeadAsync(site.Visitor(), link);
    }

    [Theory]
    [InlineData("/account/unlock", "/account/forgot-password")]
    [InlineData("/account/take-back", "/account/forgot-password")]
    [InlineData("/account/reset-password", "/account/forgot-password")]
    [InlineData("/account/confirm-email", "/account/login")]
    [InlineData("/account/confirm-email-change", "/account/manage/email")]
    public async Task A_link_that_is_cut_says_so_at_once_and_where_another_one_is_asked_for(string path, string again)
    {
        using var visitor = site.Visitor();
        foreach (var query in new[] { "", $"?id={ana.Id}&email={ana.Email}&code=cortado", "?id=x&code=" })
            await DeadAsync(visitor, path + query, again);
    }

    [Fact]
    public async Task Mails_about_the_account_say_what_happened_when_and_from_which_device()
    {
        using var browser = await SignInAsync();
        browser.DefaultRequestHeaders.Add("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
        await using var scope = site.App.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
        var user = (await accounts.FindByIdAsync($"{ana.Id}"))!;
        var name = "Chrome · Android";
        var passkey = new UserPasskeyInfo([1], [2], site.Clock.GetUtcNow(), 0, null, true, false, false, [3], [4])
        {
            Name = name,
        };
        await accounts.AddOrUpdatePasskeyAsync(user, passkey);
        var form = new Dictionary<string, string> { ["_handler"] = "remove-passkey", ["Form.Remove"] = "AQ" };
        Assert.Equal(
            "/account/manage/passkeys?saved=removed",
            (await browser.SubmitAsync("/account/manage/passkeys", form)).LeadsTo()
        );
        await site.LinkAsync(ana.Email, "/account/take-back");
        var mail = site.Mails(ana.Email).Single();
        Assert.Equal("Llave de acceso quitada de tu cuenta de Marketplace", mail.Subject);
        Assert.Contains($"Se ha quitado una llave de acceso de tu cuenta de Marketplace: {name}.", mail.TextBody);
        var es = System.Globalization.CultureInfo.GetCultureInfo("es");
        var day = site.Clock.GetUtcNow().ToString("d 'de' MMMM 'de' yyyy", es);
        Assert.Contains($"Cuándo: {day}", mail.TextBody);
        Assert.Contains("(hora UTC)", mail.TextBody);
        Assert.Contains("Dispositivo: Firefox · Linux", mail.TextBody);
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

    private static async Task DeadAsync(HttpClient reader, string link, string again = "/account/forgot-password")
    {
        var page = new HtmlParser().ParseDocument(await reader.GetStringAsync(link));
        Assert.Equal(
            "Este enlace no está completo o ha caducado. Pide otro.",
            page.QuerySelector("main [role=alert]")!.TextContent
        );
        Assert.Empty(page.QuerySelectorAll("main form"));
        Assert.NotNull(page.QuerySelector($"main a[href='{again}']"));
    }

    private async Task MoveAsync(HttpClient browser, string email)
    {
        await browser.SubmitAsync("/account/manage/email", new() { ["_handler"] = "email", ["Form.Email"] = email });
        var confirm = await site.LinkAsync(email, "/account/confirm-email-change");
        await browser.SubmitAsync(confirm, new() { ["_handler"] = "confirm" });
    }

    private async Task<HttpClient> SignInAsync()
    {
        var browser = site.Visitor();
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(browser, MarketplaceApp.Password)).StatusCode);
        return browser;
    }

    private Task<HttpResponseMessage> EnterAsync(HttpClient browser, string password) =>
        EnterAsync(browser, ana.Email, password);

    private static Task<HttpResponseMessage> EnterAsync(HttpClient browser, string email, string password) =>
        browser.SubmitAsync(
            "/account/login",
            new()
            {
                ["_handler"] = "login",
                ["Form.Email"] = email,
                ["Form.Password"] = password,
            }
        );

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
