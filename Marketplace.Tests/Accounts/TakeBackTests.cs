using System.Net;
using AngleSharp.Html.Parser;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Accounts;

/// <summary>An owner takes back what somebody else has changed.</summary>
public sealed class TakeBackTests : OwnerTests
{
    [Fact]
    public async Task Whose_address_a_thief_has_changed_takes_the_account_back()
    {
        using var thief = await SignInAsync();
        await MoveAsync(thief, "ladron@test.local");
        Assert.Equal("ladron@test.local", (await Site.App.EnterAsync(Ana.Id)).Email);

        using var owner = Site.Visitor("192.0.2.7");
        var link = await Site.LinkAsync(Ana.Email, "/account/take-back");
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
        using var owner = Site.Visitor("192.0.2.7");
        var link = await Site.LinkAsync(Ana.Email, "/account/take-back");
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
        Site.Clock.Advance(TimeSpan.FromMinutes(1));
        await MoveAsync(thief, "ladron2@test.local");
        var later = await Site.LinkAsync("ladron@test.local", "/account/take-back");
        using var owner = Site.Visitor("192.0.2.7");
        await owner.SubmitAsync(
            await Site.LinkAsync(Ana.Email, "/account/take-back"),
            new() { ["_handler"] = "take-back" }
        );
        await DeadAsync(thief, later);
        Assert.Equal(Ana.Email, (await Site.App.EnterAsync(Ana.Id)).Email);
    }

    [Fact]
    public async Task Nobody_keeps_an_address_from_its_owner_by_registering_with_it()
    {
        using var thief = await SignInAsync();
        await MoveAsync(thief, "ladron@test.local");
        await Site.Visitor()
            .SubmitAsync(
                "/account/register",
                new()
                {
                    ["_handler"] = "register",
                    ["Form.DisplayName"] = "Otra",
                    ["Form.Email"] = Ana.Email,
                    ["Form.Password"] = MarketplaceApp.Password,
                }
            );
        await Site.Visitor("192.0.2.7")
            .SubmitAsync(await Site.LinkAsync(Ana.Email, "/account/take-back"), new() { ["_handler"] = "take-back" });
        Assert.Equal(Ana.Email, (await Site.App.EnterAsync(Ana.Id)).Email);
    }

    [Fact]
    public async Task What_is_taken_back_leaves_no_recovery_code_and_no_passkey()
    {
        using var browser = await SignInAsync();
        await using var scope = Site.App.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
        var user = (await accounts.FindByIdAsync($"{Ana.Id}"))!;
        await accounts.GenerateNewTwoFactorRecoveryCodesAsync(user, 10);
        var added = Site.Clock.GetUtcNow();
        await accounts.AddOrUpdatePasskeyAsync(user, new([1], [2], added, 0, null, true, false, false, [3], [4]));
        Site.Clock.Advance(TimeSpan.FromMinutes(1));
        await MoveAsync(browser, "ladron@test.local");
        await Site.Visitor()
            .SubmitAsync(await Site.LinkAsync(Ana.Email, "/account/take-back"), new() { ["_handler"] = "take-back" });
        await using var next = Site.App.Services.CreateAsyncScope();
        accounts = next.ServiceProvider.GetRequiredService<AccountManager>();
        user = (await accounts.FindByIdAsync($"{Ana.Id}"))!;
        Assert.Equal(0, await accounts.CountRecoveryCodesAsync(user));
        Assert.Empty(await accounts.GetPasskeysAsync(user));
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
        var link = await Site.LinkAsync(Ana.Email, "/account/take-back");
        Site.Clock.Advance(TimeSpan.FromHours(73));
        await DeadAsync(Site.Visitor(), link);
    }

    [Theory]
    [InlineData("/account/unlock", "/account/forgot-password")]
    [InlineData("/account/take-back", "/account/forgot-password")]
    [InlineData("/account/reset-password", "/account/forgot-password")]
    [InlineData("/account/confirm-email", "/account/login")]
    [InlineData("/account/confirm-email-change", "/account/manage/email")]
    public async Task A_link_that_is_cut_says_so_at_once_and_where_another_one_is_asked_for(string path, string again)
    {
        using var visitor = Site.Visitor();
        foreach (var query in new[] { "", $"?id={Ana.Id}&email={Ana.Email}&code=cortado", "?id=x&code=" })
            await DeadAsync(visitor, path + query, again);
    }

    private async Task MoveAsync(HttpClient browser, string email)
    {
        await browser.SubmitAsync("/account/manage/email", new() { ["_handler"] = "email", ["Form.Email"] = email });
        var confirm = await Site.LinkAsync(email, "/account/confirm-email-change");
        await browser.SubmitAsync(confirm, new() { ["_handler"] = "confirm" });
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
}
