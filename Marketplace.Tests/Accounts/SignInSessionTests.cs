using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Accounts.Sessions;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Accounts;

public sealed class SignInSessionTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private readonly MarketplaceApp app;
    private Person ana = default!;

    public SignInSessionTests()
    {
        // The client drops cookies that are expired by the machine's clock.
        clock.Set(DateTimeOffset.UtcNow - clock.GetUtcNow());
        app = new() { Beside = services => services.AddSingleton<TimeProvider>(clock) };
    }

    public async Task InitializeAsync() => ana = await app.JoinAsync("Ana");

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Signing_out_ends_a_copied_cookie()
    {
        var (jar, stolen) = (new CookieContainer(), new CookieContainer());
        using var desk = app.CreateDefaultClient(new CookieContainerHandler(jar));
        await SubmitAsync(desk, isKept: true);
        stolen.Add(jar.GetCookies(desk.BaseAddress!)["marketplace.session"]!);
        using var thief = app.CreateDefaultClient(new CookieContainerHandler(stolen));
        Assert.Equal(HttpStatusCode.OK, await LookAsync(thief));
        var answer = await desk.SubmitAsync("/account/manage", [], "/account/logout");
        Assert.Equal(["\"cache\", \"storage\""], answer.Headers.GetValues("Clear-Site-Data"));
        Assert.Equal(HttpStatusCode.Redirect, await LookAsync(thief));
    }

    [Fact]
    public async Task Signing_out_at_one_device_leaves_the_others()
    {
        using var desk = await SiteClient.SignedInAsync(app, ana);
        using var phone = await SiteClient.SignedInAsync(app, ana);
        await desk.SubmitAsync("/account/manage", [], "/account/logout");
        Assert.Equal(HttpStatusCode.Redirect, await LookAsync(desk));
        Assert.Equal(HttpStatusCode.OK, await LookAsync(phone));
    }

    [Fact]
    public async Task Signing_out_of_the_API_ends_both_tokens_and_the_connection()
    {
        var tokens = await LoginAsync();
        using var client = With(tokens);
        await using var hub = await HubClient.ConnectAsync(app, tokens.AccessToken);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsync("/api/account/logout", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/account/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(tokens)).StatusCode);
        await Eventually.TrueAsync(() => hub.IsClosed, "the hub closed the connection");
    }

    [Fact]
    public async Task A_refresh_token_is_good_once_and_a_second_use_ends_the_session()
    {
        var first = await LoginAsync();
        var answer = await RefreshAsync(first);
        var second = (await answer.Content.ReadFromJsonAsync<AccessTokenResponse>())!;
        using var client = With(second);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/account/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(first)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/account/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(second)).StatusCode);
    }

    [Fact]
    public async Task Of_many_who_use_a_refresh_token_at_once_one_gets_tokens()
    {
        var first = await LoginAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => RefreshAsync(first)));
        Assert.InRange(answers.Count(answer => answer.StatusCode is HttpStatusCode.OK), 0, 1);
        Assert.All(
            answers,
            answer => Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Unauthorized)
        );
    }

    [Theory]
    [InlineData(false, 11, true)]
    [InlineData(false, 13, false)]
    [InlineData(true, 29 * 24, true)]
    [InlineData(true, 31 * 24, false)]
    public async Task A_session_that_is_not_used_ends(bool isKept, int hours, bool stands)
    {
        using var desk = await SignInAsync(isKept);
        clock.Advance(TimeSpan.FromHours(hours));
        Assert.Equal(stands ? HttpStatusCode.OK : HttpStatusCode.Redirect, await LookAsync(desk));
    }

    [Theory]
    [InlineData(false, 6, 7)]
    [InlineData(true, 20 * 24, 180)]
    public async Task A_session_ends_however_much_it_is_used(bool isKept, int hours, int days)
    {
        using var desk = await SignInAsync(isKept);
        for (var used = TimeSpan.FromHours(hours); used < TimeSpan.FromDays(days); used += TimeSpan.FromHours(hours))
        {
            clock.Advance(TimeSpan.FromHours(hours));
            Assert.Equal(HttpStatusCode.OK, await LookAsync(desk));
        }
        clock.Advance(TimeSpan.FromHours(hours));
        Assert.Equal(HttpStatusCode.Redirect, await LookAsync(desk));
    }

    [Fact]
    public async Task A_page_that_is_left_behind_expires_although_messages_reach_it()
    {
        var bruno = await app.JoinAsync("Bruno");
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        using var page = ana.Chat.Open(room, ana.RunAsync);
        await page.LoadAsync();
        for (var i = 1; i <= 2; i++)
        {
            clock.Advance(TimeSpan.FromDays(10));
            await bruno.SaysAsync(room, $"{i}");
            await Eventually.TrueAsync(() => page.Window.Messages.Count == i, $"message {i} came");
        }
        clock.Advance(TimeSpan.FromDays(11));
        Assert.Null(await ana.Get<CurrentUser>().FindAsync());
    }

    [Fact]
    public async Task A_use_outlasts_the_process()
    {
        using var desk = await SignInAsync(isKept: false);
        clock.Advance(TimeSpan.FromHours(11));
        Assert.Equal(HttpStatusCode.OK, await LookAsync(desk));
        await app.Services.GetRequiredService<SessionClock>().WriteAsync();
        await using var db = app.Look();
        Assert.Equal(1, await db.Sessions.CountAsync(s => s.SeenAt == clock.GetUtcNow().UtcDateTime));
    }

    [Fact]
    public async Task What_is_over_leaves_no_row()
    {
        using var desk = await SignInAsync(isKept: false);
        clock.Advance(TimeSpan.FromDays(181));
        Assert.True(await app.Services.GetRequiredService<SessionClock>().SweepAsync());
        await using var db = app.Look();
        Assert.False(await db.Sessions.AnyAsync());
    }

    [Fact]
    public async Task One_device_is_ended_or_all_others_are()
    {
        using var desk = await SiteClient.SignedInAsync(app, ana);
        using var phone = await SiteClient.SignedInAsync(app, ana);
        var sessions = ana.Get<SessionService>();
        var listed = await sessions.ListAsync();
        Assert.Equal([true, false, false], listed.Select(one => one.IsCurrent));
        await sessions.EndAsync(listed.Single(one => !one.IsCurrent && one.Id == listed[1].Id).Id);
        HttpStatusCode[] looks = [await LookAsync(desk), await LookAsync(phone)];
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Redirect], looks.Order());
        Assert.Equal(1, await sessions.EndOthersAsync());
        Assert.Equal(HttpStatusCode.Redirect, await LookAsync(desk));
        Assert.NotNull(await ana.Get<CurrentUser>().FindAsync());
    }

    [Fact]
    public async Task The_page_of_devices_ends_the_one_that_is_pressed()
    {
        using var desk = await SiteClient.SignedInAsync(app, ana);
        using var phone = await SiteClient.SignedInAsync(app, ana);
        var other = (await ana.Get<SessionService>().ListAsync()).Last(one => !one.IsCurrent);
        var fields = new Dictionary<string, string> { ["_handler"] = "sessions", ["Form.End"] = $"{other.Id}" };
        var answer = await desk.SubmitAsync("/account/manage/sessions", fields);
        var alive = new[] { await LookAsync(desk), await LookAsync(phone) };
        Assert.Single(alive, HttpStatusCode.OK);
        // Either request may be the last; both must be answered, even if they ended their own session.
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        fields = new() { ["_handler"] = "sessions", ["Form.End"] = "others" };
        using var last = await SiteClient.SignedInAsync(app, ana);
        Assert.Equal(HttpStatusCode.Redirect, (await last.SubmitAsync("/account/manage/sessions", fields)).StatusCode);
        Assert.Equal(
            [HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.OK],
            [await LookAsync(desk), await LookAsync(phone), await LookAsync(last)]
        );
    }

    [Fact]
    public async Task A_new_password_ends_all_other_sessions_and_keeps_the_one_that_changed_it()
    {
        using var desk = await SiteClient.SignedInAsync(app, ana);
        using var phone = await SiteClient.SignedInAsync(app, ana);
        var tokens = await LoginAsync();
        var fields = new Dictionary<string, string>
        {
            ["_handler"] = "password",
            ["Form.Current"] = MarketplaceApp.Password,
            ["Form.New"] = "Otra-clave-56",
        };
        await desk.SubmitAsync("/account/manage/password", fields);
        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.Unauthorized],
            [await LookAsync(desk), await LookAsync(phone), (await RefreshAsync(tokens)).StatusCode]
        );
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("' or 1=1")]
    public async Task An_id_that_is_none_ends_nothing(string id)
    {
        using var desk = await SiteClient.SignedInAsync(app, ana);
        using var phone = await SiteClient.SignedInAsync(app, ana);
        await desk.SubmitAsync("/account/manage/sessions", new() { ["_handler"] = "sessions", ["Form.End"] = id });
        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK],
            [await LookAsync(desk), await LookAsync(phone), await LookAsync(desk)]
        );
    }

    [Theory]
    [InlineData("/mañana")]
    [InlineData("/messages?q=€")]
    [InlineData("/\u202Ex")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    public async Task A_way_back_that_no_header_can_hold_leads_home(string url)
    {
        using var client = SiteClient.Visitor(app);
        var fields = new Dictionary<string, string>
        {
            ["_handler"] = "login",
            ["Form.Email"] = ana.Email,
            ["Form.Password"] = MarketplaceApp.Password,
        };
        var answer = await client.SubmitAsync($"/account/login?ReturnUrl={Uri.EscapeDataString(url)}", fields);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/", new Uri(client.BaseAddress!, answer.Headers.Location!).PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, await LookAsync(client));
    }

    [Fact]
    public async Task Nobody_ends_a_session_of_another()
    {
        var bruno = await app.JoinAsync("Bruno");
        var hers = (await ana.Get<SessionService>().ListAsync()).Single();
        await bruno.Get<SessionService>().EndAsync(hers.Id);
        Assert.NotNull(await ana.Get<CurrentUser>().FindAsync());
    }

    [Fact]
    public async Task A_session_begins_beside_so_many_and_the_oldest_ends()
    {
        for (var i = 0; i < SessionService.MaxSessions; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await app.EnterAsync(ana.Id);
        }
        await using var db = app.Look();
        Assert.Equal(SessionService.MaxSessions, await db.Sessions.CountAsync());
        Assert.Null(await ana.Get<CurrentUser>().FindAsync());
    }

    [Theory]
    [InlineData(
        "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
        "Chrome · Android"
    )]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari · iPhone")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge · Windows")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Firefox/130.0", "Firefox · Linux")]
    [InlineData("curl/8.5", "")]
    [InlineData(null, "")]
    public void A_device_is_named_as_its_person_knows_it(string? agent, string name) =>
        Assert.Equal(name, DeviceName.Of(agent));

    private async Task<HttpClient> SignInAsync(bool isKept)
    {
        var client = SiteClient.Visitor(app);
        await SubmitAsync(client, isKept);
        return client;
    }

    private async Task SubmitAsync(HttpClient client, bool isKept)
    {
        var fields = new Dictionary<string, string>
        {
            ["_handler"] = "login",
            ["Form.Email"] = ana.Email,
            ["Form.Password"] = MarketplaceApp.Password,
            ["Form.Remember"] = isKept ? "true" : "false",
        };
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync("/account/login", fields)).StatusCode);
    }

    private static async Task<HttpStatusCode> LookAsync(HttpClient client) =>
        (await client.GetAsync("/account/manage/email")).StatusCode;

    private async Task<AccessTokenResponse> LoginAsync()
    {
        using var client = app.CreateClient();
        var answer = await client.PostAsJsonAsync("/api/account/login", new { ana.Email, MarketplaceApp.Password });
        return (await answer.Content.ReadFromJsonAsync<AccessTokenResponse>())!;
    }

    private async Task<HttpResponseMessage> RefreshAsync(AccessTokenResponse tokens)
    {
        using var client = app.CreateClient();
        return await client.PostAsJsonAsync("/api/account/refresh", new { tokens.RefreshToken });
    }

    private HttpClient With(AccessTokenResponse tokens)
    {
        var client = app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
        return client;
    }
}
