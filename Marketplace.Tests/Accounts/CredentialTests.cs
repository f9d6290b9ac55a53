using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Accounts.Credentials;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketplace.Tests.Accounts;

/// <summary>Guessing passwords and codes.</summary>
public sealed class CredentialTests : IAsyncLifetime
{
    private readonly SmtpApp site = new();
    private Person ana = default!;

    public async Task InitializeAsync() => ana = await site.App.JoinAsync("Ana");

    public Task DisposeAsync() => site.DisposeAsync().AsTask();

    [Fact]
    public async Task Who_guesses_waits_and_keeps_nobody_else_out()
    {
        using var thief = site.Visitor("203.0.113.9");
        for (var guess = 0; guess < 5; guess++)
            Assert.Equal(HttpStatusCode.OK, (await EnterAsync(thief, ana.Email, $"mal {guess}")).StatusCode);
        var refused = await EnterAsync(thief, ana.Email, MarketplaceApp.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains("Demasiados intentos", await TextAsync(refused));
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(site.Visitor(), ana.Email)).StatusCode);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(thief, ana.Email)).StatusCode);
    }

    [Fact]
    public async Task An_account_that_exists_is_answered_like_one_that_does_not()
    {
        using var visitor = site.Visitor();
        for (var guess = 0; guess < 7; guess++)
        {
            var (one, other) = (await EnterAsync(visitor, ana.Email, "mal"), await EnterAsync(visitor, Nobody, "mal"));
            Assert.Equal(other.StatusCode, one.StatusCode);
            Assert.Equal(Said(await TextAsync(other)), Said(await TextAsync(one)));
        }
        for (var guess = 0; guess < 7; guess++)
        {
            var (one, other) = (await CallAsync(ana.Email, "mal"), await CallAsync(Nobody, "mal"));
            Assert.Equal(other.StatusCode, one.StatusCode);
            Assert.Equal(await DetailAsync(other), await DetailAsync(one));
        }
    }

    [Theory]
    [InlineData("/account/login/two-factor", "two-factor")]
    [InlineData("/account/login/recovery-code", "recovery-code")]
    public async Task A_code_without_a_password_before_it_leads_to_sign_in(string page, string handler)
    {
        using var visitor = site.Visitor();
        var answer = await visitor.SubmitAsync(
            "/account/login",
            new() { ["_handler"] = handler, ["Form.Code"] = "123456" },
            page
        );
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, await TextAsync(answer));
        Assert.StartsWith("/account/login", answer.LeadsTo());
    }

    [Fact]
    public async Task Guesses_from_many_networks_lock_new_devices_only_and_the_owner_gets_a_link()
    {
        using var own = site.Visitor();
        await EnterAsync(own, ana.Email);
        await own.SubmitAsync("/account/manage", [], "/account/logout");
        for (var guess = 0; guess < 20; guess++)
            await EnterAsync(site.Visitor($"203.0.113.{guess}"), ana.Email, "mal");
        using var fresh = site.Visitor("192.0.2.7");
        var refused = await EnterAsync(fresh, ana.Email);
        Assert.Equal("El correo o la contraseña no son correctos.", Said(await TextAsync(refused)));
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(own, ana.Email)).StatusCode);

        var link = await site.LinkAsync(ana.Email, "/account/unlock");
        await fresh.SubmitAsync(link, new() { ["_handler"] = "unlock" });
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(fresh, ana.Email)).StatusCode);
        // The link is for the device that opens it.
        Assert.Equal(HttpStatusCode.OK, (await EnterAsync(site.Visitor("192.0.2.8"), ana.Email)).StatusCode);
    }

    [Fact]
    public async Task A_password_that_was_hashed_with_fewer_rounds_is_hashed_again_at_the_next_sign_in()
    {
        await using var db = site.App.Look();
        var user = await db.Users.SingleAsync(one => one.Id == ana.Id);
        var older = new PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = 10 }));
        var before = user.PasswordHash = older.HashPassword(user, MarketplaceApp.Password);
        await db.SaveChangesAsync();
        for (var time = 0; time < 2; time++)
            Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(site.Visitor(), ana.Email)).StatusCode);
        Assert.NotEqual(before, (await site.App.Look().Users.SingleAsync(one => one.Id == ana.Id)).PasswordHash);
    }

    [Fact]
    public async Task A_code_is_accepted_once_and_a_step_early_or_late()
    {
        var key = await TurnOnAsync();
        var now = site.Clock.GetUtcNow();
        Assert.False(await HasAsync(OneTimeCode.Of(key, now.AddSeconds(-60))));
        Assert.True(await HasAsync(OneTimeCode.Of(key, now.AddSeconds(-30))));
        Assert.False(await HasAsync(OneTimeCode.Of(key, now.AddSeconds(-30))));
        Assert.True(await HasAsync(OneTimeCode.Of(key, now)));
        Assert.False(await HasAsync(OneTimeCode.Of(key, now)));
        Assert.True(await HasAsync(OneTimeCode.Of(key, now.AddSeconds(30))));
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        var code = OneTimeCode.Of(key, site.Clock.GetUtcNow());
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CallAsync(ana.Email, code: code)));
        Assert.InRange(answers.Count(answer => answer.IsSuccessStatusCode), 0, 1);
    }

    [Fact]
    public async Task Wrong_codes_count_at_every_door()
    {
        var key = await TurnOnAsync();
        for (var guess = 0; guess < 5; guess++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync(ana.Email, code: "000000")).StatusCode);
        var code = OneTimeCode.Of(key, site.Clock.GetUtcNow());
        Assert.Equal(HttpStatusCode.TooManyRequests, (await CallAsync(ana.Email, code: code)).StatusCode);

        using var browser = site.Visitor();
        await EnterAsync(browser, ana.Email);
        for (var guess = 0; guess < 5; guess++)
            Assert.Equal(HttpStatusCode.OK, (await RecoverAsync("AAAAA-AAAAA")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await RecoverAsync("AAAAA-AAAAA")).StatusCode);

        Task<HttpResponseMessage> RecoverAsync(string guess) =>
            browser.SubmitAsync(
                "/account/login/recovery-code",
                new() { ["_handler"] = "recovery-code", ["Form.Code"] = guess }
            );
    }

    [Fact]
    public async Task The_database_holds_neither_the_key_nor_the_recovery_codes()
    {
        var key = await TurnOnAsync();
        await using var scope = site.App.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
        var user = (await accounts.FindByIdAsync($"{ana.Id}"))!;
        var codes = (await accounts.GenerateNewTwoFactorRecoveryCodesAsync(user, 10))!.ToList();
        await using (var db = site.App.Look())
        {
            var kept = string.Join(' ', await db.UserTokens.Select(token => token.Value).ToListAsync());
            Assert.DoesNotContain(key, kept);
            Assert.All(codes, code => Assert.DoesNotContain(code, kept));
        }
        var credentials = scope.ServiceProvider.GetRequiredService<CredentialService>();
        Assert.True((await credentials.CheckRecoveryAsync(user, codes[3])).Succeeded);
        Assert.False((await credentials.CheckRecoveryAsync(user, codes[3])).Succeeded);
        Assert.Equal(9, await accounts.CountRecoveryCodesAsync(user));
    }

    [Fact]
    public async Task Key_and_codes_of_an_older_version_stay_valid()
    {
        const string key = "JBSWY3DPEHPK3PXP";
        await using (var db = site.App.Look())
        {
            foreach (
                var (name, value) in new[] { ("AuthenticatorKey", key), ("RecoveryCodes", "AAAAA-BBBBB;CCCCC-DDDDD") }
            )
                db.UserTokens.Add(
                    new IdentityUserToken<long>
                    {
                        UserId = ana.Id,
                        LoginProvider = "[AspNetUserStore]",
                        Name = name,
                        Value = value,
                    }
                );
            await db.SaveChangesAsync();
        }
        Assert.True(await HasAsync(OneTimeCode.Of(key, site.Clock.GetUtcNow())));
        await using var scope = site.App.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
        var user = (await accounts.FindByIdAsync($"{ana.Id}"))!;
        Assert.True((await accounts.RedeemTwoFactorRecoveryCodeAsync(user, "AAAAA-BBBBB")).Succeeded);
        Assert.True((await accounts.RedeemTwoFactorRecoveryCodeAsync(user, "CCCCC-DDDDD")).Succeeded);
        Assert.False((await accounts.RedeemTwoFactorRecoveryCodeAsync(user, "CCCCC-DDDDD")).Succeeded);
    }

    private const string Nobody = "nadie@test.local";

    private async Task<string> TurnOnAsync()
    {
        await using var scope = site.App.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
        var user = (await accounts.FindByIdAsync($"{ana.Id}"))!;
        await accounts.ResetAuthenticatorKeyAsync(user);
        await accounts.SetTwoFactorEnabledAsync(user, true);
        return (await accounts.GetAuthenticatorKeyAsync(user))!;
    }

    private async Task<bool> HasAsync(string code)
    {
        await using var scope = site.App.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
        var user = (await accounts.FindByIdAsync($"{ana.Id}"))!;
        var provider = accounts.Options.Tokens.AuthenticatorTokenProvider;
        return await accounts.VerifyTwoFactorTokenAsync(user, provider, code);
    }

    private static Task<HttpResponseMessage> EnterAsync(
        HttpClient client,
        string email,
        string password = MarketplaceApp.Password
    ) =>
        client.SubmitAsync(
            "/account/login",
            new()
            {
                ["_handler"] = "login",
                ["Form.Email"] = email,
                ["Form.Password"] = password,
            }
        );

    private async Task<HttpResponseMessage> CallAsync(
        string email,
        string password = MarketplaceApp.Password,
        string? code = null
    )
    {
        using var client = site.App.CreateClient();
        return await client.PostAsJsonAsync(
            "/api/account/login",
            new
            {
                email,
                password,
                twoFactorCode = code,
            }
        );
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    private static string Said(string html) =>
        new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html).QuerySelector("[role=alert]")!.TextContent;

    private static async Task<string?> DetailAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString();
}
