using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Accounts;

/// <summary>Mails about an account reach its owner, say what happened, and are not too many.</summary>
public sealed class AccountMailTests : OwnerTests
{
    [Fact]
    public async Task Who_asks_for_mails_again_and_again_floods_no_mailbox()
    {
        for (var i = 0; i < 8; i++)
            await Site.Visitor($"203.0.113.{i}")
                .SubmitAsync("/account/forgot-password", new() { ["_handler"] = "forgot", ["Form.Email"] = Ana.Email });
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
        await Site.LinkAsync(Ana.Email, "/account/take-back");
        // Several are under way at once, so that the last may be there first.
        await Eventually.TrueAsync(() => Site.Mails(Ana.Email).Count() >= 6, "the five before it are there too");
        Assert.Equal(6, Site.Mails(Ana.Email).Count());
    }

    [Fact]
    public async Task Whoever_asks_for_mails_in_an_owners_name_keeps_no_other_mail_from_them()
    {
        using var other = Site.Visitor();
        await EnterAsync(other, (await Site.App.JoinAsync("Bruno")).Email, MarketplaceApp.Password);
        for (var i = 0; i < 8; i++)
            await other.SubmitAsync(
                "/account/manage/email",
                new() { ["_handler"] = "email", ["Form.Email"] = Ana.Email }
            );
        for (var guess = 0; guess < 20; guess++)
            await EnterAsync(Site.Visitor($"203.0.113.{guess}"), "mal");
        await Site.Visitor()
            .SubmitAsync("/account/forgot-password", new() { ["_handler"] = "forgot", ["Form.Email"] = Ana.Email });
        await Site.LinkAsync(Ana.Email, "/account/unlock");
        await Site.LinkAsync(Ana.Email, "/account/reset-password");
        await Eventually.TrueAsync(() => Site.Mails(Ana.Email).Count() >= 7, "the others are there too");
        Assert.Equal(7, Site.Mails(Ana.Email).Count());
    }

    [Fact]
    public async Task Mails_about_the_account_say_what_happened_when_and_from_which_device()
    {
        using var browser = await SignInAsync();
        browser.DefaultRequestHeaders.Add("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
        await using var scope = Site.App.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
        var user = (await accounts.FindByIdAsync($"{Ana.Id}"))!;
        var name = "Chrome · Android";
        var passkey = new UserPasskeyInfo([1], [2], Site.Clock.GetUtcNow(), 0, null, true, false, false, [3], [4])
        {
            Name = name,
        };
        await accounts.AddOrUpdatePasskeyAsync(user, passkey);
        var form = new Dictionary<string, string> { ["_handler"] = "remove-passkey", ["Form.Remove"] = "AQ" };
        Assert.Equal(
            "/account/manage/passkeys?saved=removed",
            (await browser.SubmitAsync("/account/manage/passkeys", form)).LeadsTo()
        );
        await Site.LinkAsync(Ana.Email, "/account/take-back");
        var mail = Site.Mails(Ana.Email).Single();
        Assert.Equal("Llave de acceso quitada de tu cuenta de Marketplace", mail.Subject);
        Assert.Contains($"Se ha quitado una llave de acceso de tu cuenta de Marketplace: {name}.", mail.TextBody);
        var es = System.Globalization.CultureInfo.GetCultureInfo("es");
        var day = Site.Clock.GetUtcNow().ToString("d 'de' MMMM 'de' yyyy", es);
        Assert.Contains($"Cuándo: {day}", mail.TextBody);
        Assert.Contains("(hora UTC)", mail.TextBody);
        Assert.Contains("Dispositivo: Firefox · Linux", mail.TextBody);
    }
}
