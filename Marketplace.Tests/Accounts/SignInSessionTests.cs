using System.Net;
using Marketplace.Tests.Support;
using Marketplace.Web.Accounts;
using Marketplace.Web.Accounts.Sessions;
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
        using var program = await ana.ClientAsync();
        var fields = new Dictionary<string, string>
        {
            ["_handler"] = "password",
            ["Form.Current"] = MarketplaceApp.Password,
            ["Form.New"] = "Otra-clave-56",
        };
        await desk.SubmitAsync("/account/manage/password", fields);
        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.Unauthorized],
            [await LookAsync(desk), await LookAsync(phone), (await program.GetAsync("/api/account/me")).StatusCode]
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
        (await client.GetAsync("/account/manage/privacy")).StatusCode;
}
