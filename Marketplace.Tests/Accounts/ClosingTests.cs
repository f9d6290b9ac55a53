using System.Net;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Listings;
using Marketplace.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Accounts;

/// <summary>A person leaves, and may come back.</summary>
public sealed class ClosingTests : LeavingTests
{
    [Fact]
    public async Task Who_closes_an_account_is_out_everywhere_and_nobody_sees_the_name()
    {
        using var open = Bruno.Chat.Open(Room, Bruno.RunAsync);
        await open.LoadAsync();
        using var desk = await SiteClient.SignedInAsync(Site.App, Ana);
        using var phone = await Ana.ClientAsync();
        using var browser = await SignInAsync(Ana);

        var closed = await CloseAsync(browser);
        Assert.Equal("/account/closed", closed.LeadsTo());
        Assert.Contains("storage", closed.Headers.GetValues("Clear-Site-Data").Single());
        Assert.StartsWith("/account/login", (await browser.GetAsync(Data)).LeadsTo());
        Assert.StartsWith("/account/login", (await desk.GetAsync("/messages")).LeadsTo());
        Assert.Equal(HttpStatusCode.Unauthorized, (await phone.GetAsync("/api/account/me")).StatusCode);

        await Eventually.TrueAsync(() => open.Room!.Seller.IsClosed, "Bruno's open page says it");
        Assert.Equal("Cuenta eliminada", open.Room!.Seller.Name);
        Assert.Equal("Cuenta eliminada", (await Bruno.Chat.HistoryAsync(Room, new())).Value![1].SenderName);
        var refused = (await Bruno.Chat.SendAsync(Room, Guid.NewGuid(), "¿Hola?")).Refusal!;
        Assert.Equal(RefusalKind.Invalid, refused.Kind);
        Assert.Contains("ha eliminado su cuenta", refused.Text);
        Assert.Equal(ListingState.Withdrawn, (await Bruno.Listings.FindAsync(Bike))!.State);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await SiteClient.Visitor(Site.App).GetAsync($"/people/{Ana.Id}")).StatusCode
        );
        await using var db = await DatabaseAsync();
        var left = await db.Users.SingleAsync(user => user.Id == Ana.Id);
        Assert.Equal(("", null, null, null), (left.DisplayName, left.Email, left.UserName, left.PasswordHash));
        Assert.False(await db.UserTerms.AnyAsync(term => term.UserId == Ana.Id));
    }

    [Fact]
    public async Task The_link_in_the_mail_brings_the_account_back()
    {
        await CloseAsync(await SignInAsync(Ana));
        using var owner = Site.Visitor("192.0.2.7");
        var link = await Site.LinkAsync(Ana.Email, "/account/take-back");
        var answer = await owner.SubmitAsync(link, new() { ["_handler"] = "take-back" });
        await owner.SubmitAsync(
            answer.LeadsTo()!,
            new() { ["_handler"] = "reset", ["Form.Password"] = "tres gatos en la cocina" }
        );
        Assert.Equal("/", (await EnterAsync(owner, "tres gatos en la cocina")).LeadsTo());
        Assert.Equal("Ana", (await Bruno.Chat.HistoryAsync(Room, new())).Value![1].SenderName);
        await Bruno.SaysAsync(Room, "¡Has vuelto!");
    }

    [Fact]
    public async Task The_link_says_what_comes_back_and_when_another_account_has_the_address()
    {
        await CloseAsync(await SignInAsync(Ana));
        using var owner = Site.Visitor("192.0.2.7");
        var link = await Site.LinkAsync(Ana.Email, "/account/take-back");
        Assert.Contains("tus mensajes y tus anuncios", WebUtility.HtmlDecode(await owner.GetStringAsync(link)));

        var other = await Site.App.JoinAsync("Ana", email: Ana.Email);
        await using var db = await DatabaseAsync();
        await db
            .Users.Where(user => user.Id == other.Id)
            .ExecuteUpdateAsync(user => user.SetProperty(one => one.EmailConfirmed, true));
        var page = WebUtility.HtmlDecode(await owner.GetStringAsync(link));
        Assert.Contains("Ya hay otra cuenta con este correo.", page);
        Assert.DoesNotContain("Recuperar la cuenta", page);
    }

    [Fact]
    public async Task A_thief_who_changes_the_address_and_then_closes_the_account_gains_nothing()
    {
        var thief = await SignInAsync(Ana);
        await thief.SubmitAsync(
            "/account/manage/email",
            new() { ["_handler"] = "email", ["Form.Email"] = "ladron@test.local" }
        );
        var confirmed = await Site.LinkAsync("ladron@test.local", "/account/confirm-email-change");
        await thief.SubmitAsync(confirmed, new() { ["_handler"] = "confirm" });
        Site.Clock.Advance(TimeSpan.FromMinutes(1));
        await CloseAsync(thief);
        using var owner = Site.Visitor("192.0.2.7");
        var link = await Site.LinkAsync(Ana.Email, "/account/take-back");
        Assert.NotNull((await owner.SubmitAsync(link, new() { ["_handler"] = "take-back" })).LeadsTo());
        Assert.Equal("Ana", (await Site.App.EnterAsync(Ana.Id)).Name);
    }

    [Fact]
    public async Task The_address_of_a_closed_account_is_free()
    {
        await CloseAsync(await SignInAsync(Ana));
        using var visitor = Site.Visitor();
        Assert.Equal(HttpStatusCode.OK, (await EnterAsync(visitor, MarketplaceApp.Password)).StatusCode);
        await Site.App.JoinAsync("Ana", email: Ana.Email);
    }

    [Fact]
    public async Task The_only_administrator_stays()
    {
        var carla = await Site.App.JoinAsync("Carla", administrator: true);
        var answer = await CloseAsync(await SignInAsync(carla));
        Assert.Contains(
            "única persona que administra",
            WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync())
        );
        Assert.NotNull(await carla.Get<CurrentUser>().FindAsync());
    }

    [Fact]
    public async Task No_other_site_makes_a_person_download_or_leave()
    {
        using var browser = await SignInAsync(Ana);
        foreach (var (address, handler) in new[] { (Data, "archive"), (Close, "close") })
        {
            using var forged = new FormUrlEncodedContent([KeyValuePair.Create("_handler", handler)]);
            Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync(address, forged)).StatusCode);
        }
        await using var db = await DatabaseAsync();
        Assert.False(await db.ArchiveRequests.AnyAsync());
        Assert.NotNull(await Ana.Get<CurrentUser>().FindAsync());
    }

    private Task<HttpResponseMessage> EnterAsync(HttpClient browser, string password) =>
        browser.SubmitAsync(
            "/account/login",
            new()
            {
                ["_handler"] = "login",
                ["Form.Email"] = Ana.Email,
                ["Form.Password"] = password,
            }
        );
}
