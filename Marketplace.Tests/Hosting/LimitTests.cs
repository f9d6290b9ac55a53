using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Shared;

namespace Marketplace.Tests.Hosting;

/// <summary>How often one address may try, and how much it may send. On a real server: a test's own bounds no body.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    private readonly MarketplaceApp app = new()
    {
        Settings =
        {
            ["Limits:Enabled"] = "true",
            ["Limits:SignIn"] = "3",
            ["Limits:Register"] = "1",
            ["Limits:Search"] = "2",
            ["Limits:ReadsPerSecond"] = "1",
            ["Limits:ChangesPerSecond"] = "1",
            ["Limits:Connections"] = "1",
        },
    };

    private Person ana = default!;
    private HttpClient client = default!;

    public async Task InitializeAsync()
    {
        client = new() { BaseAddress = app.ListenOn(0) };
        ana = await app.JoinAsync("Ana");
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task An_address_that_tries_too_often_is_told_when_to_try_again()
    {
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await LoginAsync("wrong")).StatusCode);
        var answer = await LoginAsync(MarketplaceApp.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("rate_limited", problem.GetProperty("code").GetString());
        Assert.Equal(429, problem.GetProperty("status").GetInt32());
        foreach (var text in new[] { "type", "title" })
            Assert.NotEmpty(problem.GetProperty(text).GetString()!);
        Assert.Contains("Retry-After", problem.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("*/*")]
    public async Task A_person_reads_on_a_page_that_they_try_too_often(string accepted)
    {
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(accepted));
        client.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("es"));
        HttpResponseMessage answer = default!;
        for (var i = 0; i < 2; i++)
            answer = await client.SubmitAsync(
                "/account/register",
                new() { ["_handler"] = "register", ["Form.Email"] = $"nueva{i}@test.local" }
            );
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter is not null);
        Assert.Contains("demasiadas veces seguidas", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_person_is_limited_as_one_from_however_many_addresses()
    {
        await using var site = new SmtpApp();
        site.App.Settings["Limits:Contact"] = "2";
        var bruno = await site.App.JoinAsync("Bruno");
        var listing = await (await site.App.JoinAsync("Ana")).SellsAsync();
        using var browser = site.Visitor();
        await browser.SignInAsync(bruno);
        var answers = new List<HttpStatusCode>();
        for (var i = 1; i <= 3; i++)
        {
            SmtpApp.Move(browser, $"203.0.113.{i}");
            answers.Add((await browser.PostAsync($"/listings/{listing}/contact", null)).StatusCode);
        }
        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.TooManyRequests], answers);
    }

    [Theory]
    [InlineData("/api/listings?q=bici")]
    [InlineData("/?q=bici")]
    public async Task Who_searches_too_often_is_told_when_to_try_again(string url)
    {
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(url)).StatusCode);
        var answer = await client.GetAsync(url);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Who_marks_or_changes_too_much_is_refused()
    {
        var bruno = await app.JoinAsync("Bruno");
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        var marks = new List<Refusal?>();
        for (var i = 0; i < 7; i++)
            marks.Add(await bruno.Chat.MarkReadAsync(room, 0));
        Assert.Equal(RefusalKind.RateLimited, marks.Single(refusal => refusal is not null)!.Kind);
        var drafts = new List<bool>();
        for (var i = 0; i < 7; i++)
            drafts.Add(await bruno.Get<MembershipService>().KeepDraftAsync(room, $"{i}"));
        Assert.Equal([true, true, true, true, true, true, false], drafts);
    }

    [Fact]
    public async Task An_address_that_opens_too_many_connections_gets_no_more_until_one_closes()
    {
        var token = (await (await LoginAsync(MarketplaceApp.Password)).Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("accessToken")
            .GetString()!;
        await using (await HubClient.ConnectAsync(client.BaseAddress!, token))
            await Assert.ThrowsAnyAsync<Exception>(() => HubClient.ConnectAsync(client.BaseAddress!, token));
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    await using var next = await HubClient.ConnectAsync(client.BaseAddress!, token);
                    return true;
                }
                catch (Exception exception)
                    when (exception is HttpRequestException or System.Net.WebSockets.WebSocketException)
                {
                    return false;
                }
            },
            "the next one is let in"
        );
    }

    [Theory]
    [InlineData("true", HttpStatusCode.TooManyRequests)]
    [InlineData("false", HttpStatusCode.OK)]
    public async Task A_person_opens_so_many_connections_a_minute_from_all_devices(string isOn, HttpStatusCode fifth)
    {
        await using var site = new MarketplaceApp
        {
            Settings = { ["Limits:Enabled"] = isOn, ["Limits:ConnectionsPerMinute"] = "4" },
        };
        var (vera, bruno) = (await site.JoinAsync("Vera"), await site.JoinAsync("Bruno"));
        using var browser = await SiteClient.SignedInAsync(site, vera);
        browser.DefaultRequestHeaders.Add("Origin", "http://localhost");
        using var program = await vera.ClientAsync();
        using var his = await bruno.ClientAsync();
        for (var i = 0; i < 2; i++)
            foreach (var (device, path) in new[] { (browser, "/_blazor"), (program, "/hubs/chat") })
                Assert.Equal(HttpStatusCode.OK, (await NegotiateAsync(device, path)).StatusCode);
        foreach (var (device, path) in new[] { (browser, "/_blazor"), (program, "/hubs/chat") })
        {
            var answer = await NegotiateAsync(device, path);
            Assert.Equal(fifth, answer.StatusCode);
            Assert.Equal(isOn == "true", answer.Headers.RetryAfter?.Delta is { TotalSeconds: > 0 and <= 15 });
        }
        Assert.Equal(HttpStatusCode.OK, (await NegotiateAsync(his, "/hubs/chat")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/messages")).StatusCode);
    }

    [Fact]
    public async Task A_socket_that_negotiates_by_itself_counts_too()
    {
        await using var site = new MarketplaceApp
        {
            Settings = { ["Limits:Enabled"] = "true", ["Limits:ConnectionsPerMinute"] = "1" },
        };
        using var program = await (await site.JoinAsync("Vera")).ClientAsync();
        var token = program.DefaultRequestHeaders.Authorization!.Parameter!;
        await using (await HubClient.ConnectAsync(site, token))
            await Assert.ThrowsAnyAsync<Exception>(() => HubClient.ConnectAsync(site, token));
    }

    [Fact]
    public async Task Looking_at_a_page_costs_no_try()
    {
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/account/login")).StatusCode);
    }

    [Theory]
    [InlineData("/api/account/login", "application/json", 64 * 1024)]
    [InlineData("/api/messages", "application/json", 64 * 1024)]
    [InlineData("/account/login", "application/x-www-form-urlencoded", 256 * 1024)]
    [InlineData("/account/register", "application/x-www-form-urlencoded", 256 * 1024)]
    [InlineData("/preferences", "application/x-www-form-urlencoded", 256 * 1024)]
    public async Task A_body_that_is_too_large_is_refused_before_it_is_read(string url, string type, int most)
    {
        foreach (var isChunked in new[] { false, true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url)
            {
                Content = new ByteArrayContent(
                    Encoding.ASCII.GetBytes($"{{\"email\":\"{new string('a', 27_000_000)}\"}}")
                ),
            };
            request.Content.Headers.ContentType = new(type);
            request.Headers.TransferEncodingChunked = isChunked;
            Assert.True(await IsRefusedAsync(request), $"{url}, chunked: {isChunked}, more than {most}");
        }
    }

    [Fact]
    public async Task A_person_reads_on_a_page_that_a_form_is_too_large()
    {
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        client.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("es"));
        using var form = new FormUrlEncodedContent([new("Form.Email", new string('a', 270_000))]);
        var answer = await client.PostAsync("/account/login", form);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("</html>", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_compressed_body_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/account/login")
        {
            Content = JsonContent.Create(new { }),
        };
        request.Content.Headers.ContentEncoding.Add("gzip");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_message_of_the_longest_text_passes_however_it_is_escaped()
    {
        var bruno = await app.JoinAsync("Bruno");
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        var tokens = await LoginAsync(MarketplaceApp.Password);
        var token = (await tokens.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var body = string.Concat(Enumerable.Repeat(@"\ud83d\ude00", 2_000));
        var json = $$"""{"clientId":"{{Guid.NewGuid()}}","body":"{{body}}"}""";
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        Assert.Equal(
            HttpStatusCode.Created,
            (await client.PostAsync($"/api/rooms/{room}/messages", content)).StatusCode
        );
    }

    private static Task<HttpResponseMessage> NegotiateAsync(HttpClient client, string path) =>
        client.PostAsync($"{path}/negotiate?negotiateVersion=1", null);

    // The server may close the connection while the body still comes.
    private async Task<bool> IsRefusedAsync(HttpRequestMessage request)
    {
        try
        {
            return (await client.SendAsync(request)).StatusCode is HttpStatusCode.RequestEntityTooLarge;
        }
        catch (HttpRequestException)
        {
            return true;
        }
    }

    private Task<HttpResponseMessage> LoginAsync(string password) =>
        client.PostAsJsonAsync("/api/account/login", new { ana.Email, password });
}
