using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Tests.Support;
using Marketplace.Web.Admin.Audit;

namespace Marketplace.Tests.Accounts;

/// <summary>Suspended people learn why they are refused; nobody else does.</summary>
public sealed class SuspensionTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    private const string Spanish = "Tu cuenta está suspendida";
    private const string English = "Your account is suspended";

    [Theory, InlineData("es", Spanish), InlineData("en", English)]
    public async Task Whose_session_ended_by_it_reads_why_where_the_next_request_leads(string language, string sentence)
    {
        var ana = await app.JoinAsync("Ana");
        using var browser = await SiteClient.SignedInAsync(app, ana);
        await SuspendAsync(ana);
        var answer = await browser.GetAsync("/messages");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        browser.DefaultRequestHeaders.Remove("Accept-Language");
        browser.DefaultRequestHeaders.Add("Accept-Language", language);
        Assert.Contains(sentence, await TextAsync(browser, answer.Headers.Location!.ToString()));
        Assert.DoesNotContain(sentence, await TextAsync(SiteClient.Visitor(app), "/account/login"));
    }

    [Fact]
    public async Task Whose_session_ended_before_it_reads_nothing_of_it_and_neither_does_who_is_readmitted()
    {
        var ana = await app.JoinAsync("Ana");
        using var browser = await SiteClient.SignedInAsync(app, ana);
        using var program = await ana.ClientAsync();
        await SuspendAsync(ana);
        await SuspendAsync(ana, AuditAction.PersonReinstated);
        await SuspendAsync(ana);
        Assert.DoesNotContain(Spanish, await TextAsync(browser, "/account/login"));
        Assert.Equal(
            "Hace falta entrar: envía un token válido.",
            await DetailAsync(await program.GetAsync("/api/account/me"))
        );
    }

    [Fact]
    public async Task At_the_door_only_who_knows_the_password_learns_of_it()
    {
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        await SuspendAsync(ana);
        Assert.Contains(Spanish, await EnterAsync(ana, MarketplaceApp.Password));
        Assert.Equal(English, (await EnterByProgramAsync(ana, MarketplaceApp.Password))![..English.Length]);
        // Wrong guesses get the same answer and the same lockout: the account is locked after twenty.
        for (var guess = 0; guess < 20; guess++)
            Assert.Equal(await EnterByProgramAsync(bruno, "mal"), await EnterByProgramAsync(ana, "mal"));
        Assert.DoesNotContain(Spanish, await EnterAsync(ana, MarketplaceApp.Password));
    }

    [Fact]
    public async Task A_program_is_told_by_each_of_its_calls_and_when_it_asks_for_new_tokens()
    {
        var ana = await app.JoinAsync("Ana");
        using var program = await ana.ClientAsync();
        var login = new { ana.Email, MarketplaceApp.Password };
        var tokens = await (
            await program.PostAsJsonAsync("/api/account/login", login)
        ).Content.ReadFromJsonAsync<JsonElement>();
        await SuspendAsync(ana);
        var refresh = new { refreshToken = tokens.GetProperty("refreshToken").GetString() };
        foreach (
            var answer in new[]
            {
                await program.GetAsync("/api/rooms"),
                await program.PostAsJsonAsync("/api/account/refresh", refresh),
            }
        )
        {
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.StartsWith(Spanish, await DetailAsync(answer));
        }
    }

    private async Task SuspendAsync(Person person, AuditAction action = AuditAction.PersonSuspended)
    {
        var carla = await app.JoinAsync("Carla", administrator: true);
        Assert.Null(await carla.People.ActAsync(person.Id, action, "Prueba"));
    }

    private async Task<string> EnterAsync(Person person, string password)
    {
        var fields = new Dictionary<string, string>
        {
            ["_handler"] = "login",
            ["Form.Email"] = person.Email,
            ["Form.Password"] = password,
        };
        var answer = await SiteClient.Visitor(app).SubmitAsync("/account/login", fields);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private async Task<string?> EnterByProgramAsync(Person person, string password)
    {
        using var client = app.CreateClient();
        client.DefaultRequestHeaders.Add("Accept-Language", "en");
        return await DetailAsync(
            await client.PostAsJsonAsync("/api/account/login", new { person.Email, Password = password })
        );
    }

    private static async Task<string?> DetailAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("detail", out var detail)
            ? detail.GetString()
            : null;

    private static async Task<string> TextAsync(HttpClient client, string page) =>
        WebUtility.HtmlDecode(await client.GetStringAsync(page));
}
