using System.Net;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Accounts;

/// <summary>Who may enter a site that is live.</summary>
public sealed class AdmissionTests : IAsyncLifetime
{
    private readonly SmtpApp site = new();

    public Task InitializeAsync()
    {
        site.App.Settings["Security:ConfirmEmail"] = "true";
        site.App.Settings["Security:AdminSecondFactor"] = "true";
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => site.DisposeAsync().AsTask();

    [Fact]
    public async Task Who_registers_confirms_the_address_first_and_goes_on_to_where_they_wanted()
    {
        using var visitor = site.Visitor();
        var answer = await RegisterAsync(visitor, "nueva@test.local", "?ReturnUrl=%2Flistings%2Fnew");
        Assert.Contains("Hemos enviado un correo a nueva@test.local", await TextAsync(answer));
        var link = await site.LinkAsync("nueva@test.local", "/account/confirm-email");
        var confirmed = await visitor.SubmitAsync(link, new() { ["_handler"] = "confirm" });
        Assert.Equal("/account/login?confirmed=true&ReturnUrl=%2Flistings%2Fnew", confirmed.LeadsTo());
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(visitor, "nueva@test.local")).StatusCode);
    }

    [Fact]
    public async Task Who_signs_in_before_confirming_gets_another_link_and_goes_on_to_where_they_wanted()
    {
        using var visitor = site.Visitor();
        await RegisterAsync(visitor, "nueva@test.local");
        await site.LinkAsync("nueva@test.local", "/account/confirm-email");
        var refused = await EnterAsync(visitor, "nueva@test.local", query: "?ReturnUrl=%2Ffavourites");
        Assert.Contains("ábrela antes con el enlace", await TextAsync(refused));
        await Eventually.TrueAsync(() => site.Mails("nueva@test.local").Count() == 2, "another link is mailed");
        var link = await site.LinkAsync("nueva@test.local", "/account/confirm-email");
        var confirmed = await visitor.SubmitAsync(link, new() { ["_handler"] = "confirm" });
        Assert.Equal("/account/login?confirmed=true&ReturnUrl=%2Ffavourites", confirmed.LeadsTo());
    }

    [Fact]
    public async Task Who_registers_with_an_address_that_has_an_account_reads_the_same_and_its_owner_gets_a_mail()
    {
        var ana = await site.App.JoinAsync("Ana");
        using var visitor = site.Visitor();
        var (taken, free) = (
            await TextAsync(await RegisterAsync(visitor, ana.Email)),
            await TextAsync(await RegisterAsync(visitor, "otra@test.local"))
        );
        Assert.Equal(Said(free).Replace("otra@test.local", "x"), Said(taken).Replace(ana.Email, "x"));
        await site.LinkAsync(ana.Email, "/account/login");
        Assert.Contains("ya hay una cuenta", site.Mails(ana.Email).Single().TextBody);
    }

    [Fact]
    public async Task Whoever_registers_first_with_anothers_address_gains_nothing_once_its_owner_registers()
    {
        using var thief = site.Visitor("203.0.113.9");
        await RegisterAsync(thief, "duena@test.local", name: "Ladrón", password: "llave-de-ladron-77");
        var stale = await site.LinkAsync("duena@test.local", "/account/confirm-email");
        using var owner = site.Visitor();
        Assert.Contains("Hemos enviado", await TextAsync(await RegisterAsync(owner, "duena@test.local")));
        await Eventually.TrueAsync(() => site.Mails("duena@test.local").Count() == 2, "she gets a mail of her own");
        Assert.Contains("no está completo o ha caducado", await TextAsync(await owner.GetAsync(stale)));

        var link = await site.LinkAsync("duena@test.local", "/account/confirm-email");
        await owner.SubmitAsync(link, new() { ["_handler"] = "confirm" });
        Assert.Equal(HttpStatusCode.OK, (await EnterAsync(thief, "duena@test.local", "llave-de-ladron-77")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(owner, "duena@test.local")).StatusCode);
        Assert.Equal("Nueva", (await site.App.EnterAsync("duena@test.local")).Name);
    }

    [Fact]
    public async Task Nobody_registers_over_an_account_that_is_confirmed_or_was_used()
    {
        var (ana, bruno) = (await site.App.JoinAsync("Ana"), await site.App.JoinAsync("Bruno"));
        await ConfirmAsync(bruno);
        foreach (var person in new[] { ana, bruno })
        {
            await RegisterAsync(site.Visitor(), person.Email, name: "Ladrón", password: "llave-de-ladron-77");
            await site.LinkAsync(person.Email, "/account/login");
            Assert.Equal(person.Name, (await site.App.EnterAsync(person.Id)).Name);
        }
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(site.Visitor(), bruno.Email)).StatusCode);
    }

    [Theory]
    [InlineData("/admin/rooms", true)]
    [InlineData("/admin/audit", false)]
    public async Task Who_has_a_role_sees_nothing_before_the_second_factor_is_on(string page, bool isAdministrator)
    {
        var carla = await site.App.JoinAsync("Carla", isAdministrator, auditor: !isAdministrator);
        await ConfirmAsync(carla);
        using var browser = site.Visitor();
        await EnterAsync(browser, carla.Email);
        var answer = await browser.GetAsync(page);
        Assert.Equal("/account/manage/two-factor?needed=true", answer.LeadsTo());
        Assert.Null(await carla.Get<CurrentUser>().FindReaderOfRecordAsync());
        Assert.Contains("Actívala para entrar", await TextAsync(await browser.GetAsync(answer.LeadsTo())));
        await using var scope = site.App.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
        var user = (await accounts.FindByIdAsync($"{carla.Id}"))!;
        user.TwoFactorEnabled = true;
        await accounts.UpdateAsync(user);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(page)).StatusCode);
    }

    [Fact]
    public async Task The_people_of_the_demo_cannot_sign_in_on_a_live_site()
    {
        await using var live = new MarketplaceApp
        {
            Settings = { ["Demo:Seed"] = "true" },
            Beside = services => services.AddSingleton(new SecuritySettings(false, false, AdmitsDemo: false)),
        };
        using var visitor = SiteClient.Visitor(live);
        foreach (var email in new[] { "ana@demo.local", "ANA@DEMO.LOCAL" })
            Assert.Equal(HttpStatusCode.OK, (await EnterAsync(visitor, email)).StatusCode);
    }

    private async Task ConfirmAsync(Person person)
    {
        await using var scope = site.App.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
        var user = (await accounts.FindByIdAsync($"{person.Id}"))!;
        user.EmailConfirmed = true;
        await accounts.UpdateAsync(user);
    }

    private static Task<HttpResponseMessage> RegisterAsync(
        HttpClient visitor,
        string email,
        string query = "",
        string name = "Nueva",
        string password = MarketplaceApp.Password
    ) =>
        visitor.SubmitAsync(
            $"/account/register{query}",
            new()
            {
                ["_handler"] = "register",
                ["Form.DisplayName"] = name,
                ["Form.Email"] = email,
                ["Form.Password"] = password,
            }
        );

    private static Task<HttpResponseMessage> EnterAsync(
        HttpClient client,
        string email,
        string password = MarketplaceApp.Password,
        string query = ""
    ) =>
        client.SubmitAsync(
            $"/account/login{query}",
            new()
            {
                ["_handler"] = "login",
                ["Form.Email"] = email,
                ["Form.Password"] = password,
            }
        );

    private static async Task<string> TextAsync(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    private static string Said(string html) =>
        new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html).QuerySelector("[role=status]")!.TextContent;
}
