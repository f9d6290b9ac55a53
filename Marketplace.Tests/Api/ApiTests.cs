using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Tests.Support;

namespace Marketplace.Tests.Api;

public sealed class ApiTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    [Fact]
    public async Task A_program_does_all_that_a_buyer_does()
    {
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var listing = await ana.SellsAsync("Guitarra clásica");
        using var client = await bruno.ClientAsync();
        Assert.Equal("Bruno", (await JsonAsync(client, "/api/account/me")).GetProperty("displayName").GetString());

        var contact = await client.PostAsync($"/api/listings/{listing}/rooms", null);
        Assert.Equal(HttpStatusCode.Created, contact.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync($"/api/listings/{listing}/rooms", null)).StatusCode);
        var room = (await contact.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64();

        var body = new { clientId = Guid.NewGuid(), body = "¿Cejilla incluida?" };
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(client, room, body)).StatusCode);
        var again = await PostAsync(client, room, body);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        var message = await again.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(1, message.GetProperty("seq").GetInt64());
        Assert.Equal("text", message.GetProperty("kind").GetString());
        Assert.EndsWith("Z", message.GetProperty("sentAt").GetString());

        var rooms = await JsonAsync(client, "/api/rooms?limit=5");
        Assert.Equal(room, rooms.GetProperty("items")[0].GetProperty("id").GetInt64());
        Assert.Equal(JsonValueKind.Null, rooms.GetProperty("next").ValueKind);
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await client.PutAsJsonAsync($"/api/rooms/{room}/read", new { seq = 1 })).StatusCode
        );
    }

    [Fact]
    public async Task A_history_pages_in_both_directions()
    {
        var (ana, bruno, room) = await app.TalkAsync();
        for (var i = 0; i < 5; i++)
            await bruno.SaysAsync(room, $"{i}");
        using var client = await ana.ClientAsync();
        var newest = await JsonAsync(client, $"/api/rooms/{room}/messages?limit=2");
        Assert.Equal([4, 5], Seqs(newest));
        var older = await JsonAsync(
            client,
            $"/api/rooms/{room}/messages?limit=2&before={newest.GetProperty("next").GetString()}"
        );
        Assert.Equal([2, 3], Seqs(older));
        var forward = await JsonAsync(client, $"/api/rooms/{room}/messages?limit=2&after=0");
        Assert.Equal([1, 2], Seqs(forward));
        Assert.Equal(
            [3, 4],
            Seqs(
                await JsonAsync(
                    client,
                    $"/api/rooms/{room}/messages?limit=2&after={forward.GetProperty("next").GetString()}"
                )
            )
        );
    }

    [Fact]
    public async Task Not_yours_and_not_there_answer_alike()
    {
        var (ana, bruno, dora) = (
            await app.JoinAsync("Ana"),
            await app.JoinAsync("Bruno"),
            await app.JoinAsync("Dora")
        );
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        using var client = await dora.ClientAsync();
        foreach (var id in new[] { room, 999_999_999 })
        {
            var answer = await client.GetAsync($"/api/rooms/{id}/messages");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task A_visitor_reads_listings_and_nothing_else()
    {
        using var visitor = app.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/api/listings?q=x")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync("/api/rooms")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync("/api/account/me")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/api/nothing")).StatusCode);
    }

    [Fact]
    public async Task Bad_input_gets_problem_details()
    {
        var (ana, bruno, room) = await app.TalkAsync();
        using var client = await bruno.ClientAsync();
        foreach (
            var body in new object[]
            {
                new { },
                new { clientId = Guid.NewGuid(), body = "" },
                new { clientId = "no uuid", body = "x" },
            }
        )
        {
            var answer = await PostAsync(client, room, body);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.DoesNotContain("   at ", await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_refresh_token_gives_new_tokens_until_the_person_is_suspended()
    {
        var ana = await app.JoinAsync("Ana");
        using var client = app.CreateClient();
        var tokens = await (
            await client.PostAsJsonAsync("/api/account/login", new { ana.Email, MarketplaceApp.Password })
        ).Content.ReadFromJsonAsync<JsonElement>();
        var refresh = new { refreshToken = tokens.GetProperty("refreshToken").GetString() };
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync("/api/account/refresh", refresh)).StatusCode);
        var carla = await app.JoinAsync("Carla", administrator: true);
        await carla.People.ActAsync(ana.Id, Marketplace.Web.Admin.Audit.AuditAction.PersonSuspended, "Prueba");
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await client.PostAsJsonAsync("/api/account/refresh", refresh)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await client.PostAsJsonAsync("/api/account/login", new { ana.Email, MarketplaceApp.Password })).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await client.PostAsJsonAsync("/api/account/refresh", new { })).StatusCode
        );
    }

    [Fact]
    public async Task The_sites_cookie_counts_only_from_our_own_pages()
    {
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var listing = await ana.SellsAsync();
        using var browser = await SiteClient.SignedInAsync(app, bruno);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/account/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, await FromAsync(null));
        Assert.Equal(HttpStatusCode.Forbidden, await FromAsync("https://evil.example"));
        Assert.Equal(HttpStatusCode.Created, await FromAsync("http://localhost"));

        async Task<HttpStatusCode> FromAsync(string? origin)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/listings/{listing}/rooms");
            if (origin is not null)
                request.Headers.Add("Origin", origin);
            return (await browser.SendAsync(request)).StatusCode;
        }
    }

    [Fact]
    public async Task Wrong_passwords_at_once_stop_nobody_from_writing()
    {
        var (ana, bruno, room) = await app.TalkAsync();
        using var client = app.CreateClient();
        var tries = Enumerable
            .Range(0, 8)
            .Select(_ => client.PostAsJsonAsync("/api/account/login", new { ana.Email, Password = "mal" }));
        await Task.WhenAll(tries).InTimeAsync("all of them were answered");
        await bruno.SaysAsync(room, "¿Sigue?").InTimeAsync("the message was stored");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready")).StatusCode);
    }

    [Theory]
    [InlineData("/api/listings?q=&before=&limit=", HttpStatusCode.OK)]
    [InlineData("/api/listings?before=abc", HttpStatusCode.BadRequest)]
    [InlineData("/api/listings?limit=muchos", HttpStatusCode.BadRequest)]
    [InlineData("/api/rooms?before=&limit=", HttpStatusCode.OK)]
    [InlineData("/api/rooms?before=1", HttpStatusCode.BadRequest)]
    [InlineData("/api/rooms?limit=200", HttpStatusCode.OK)]
    [InlineData("/api/rooms?limit=201", HttpStatusCode.BadRequest)]
    [InlineData("/api/rooms?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/listings?limit=101", HttpStatusCode.BadRequest)]
    [InlineData("/api/messages?q=a&limit=-1", HttpStatusCode.BadRequest)]
    public async Task A_query_is_empty_or_readable(string url, HttpStatusCode status)
    {
        using var client = await (await app.JoinAsync("Ana")).ClientAsync();
        var answer = await client.GetAsync(url);
        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.BadRequest)
            Assert.Equal(
                "invalid",
                (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()
            );
    }

    [Fact]
    public async Task A_history_is_asked_for_in_one_direction_and_in_pages_that_there_are()
    {
        var (ana, bruno, room) = await app.TalkAsync();
        await bruno.SaysAsync(room, "Hola");
        using var client = await bruno.ClientAsync();
        foreach (
            var query in new[] { "before=2&after=1", "after=1&changedAfter=1", "before=-1", "limit=201", "limit=0" }
        )
        {
            var answer = await client.GetAsync($"/api/rooms/{room}/messages?{query}");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal("invalid", problem.GetProperty("code").GetString());
        }
        var page = await JsonAsync(client, $"/api/rooms/{room}/messages?limit=200&after=0");
        Assert.Equal(1, page.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task The_head_of_a_page_can_be_asked_for()
    {
        using var visitor = app.CreateClient();
        foreach (var url in new[] { "/", "/api/listings", "/app.js" })
            Assert.Equal(HttpStatusCode.OK, (await visitor.SendAsync(new(HttpMethod.Head, url))).StatusCode);
    }

    [Fact]
    public async Task A_token_without_the_role_finds_nothing_under_admin()
    {
        using var client = await (await app.JoinAsync("Bruno")).ClientAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/admin/rooms")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/admin/nothing")).StatusCode);
    }

    [Fact]
    public async Task A_read_mark_needs_its_number()
    {
        var (ana, bruno, room) = await app.TalkAsync();
        using var client = await bruno.ClientAsync();
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await client.PutAsJsonAsync($"/api/rooms/{room}/read", new { })).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await client.PutAsJsonAsync($"/api/rooms/{room}/read", new { seq = -1 })).StatusCode
        );
    }

    [Fact]
    public async Task The_document_lists_the_calls_of_the_contract()
    {
        using var client = app.CreateClient();
        var paths = (await JsonAsync(client, "/openapi/v1.json"))
            .GetProperty("paths")
            .EnumerateObject()
            .Select(path => path.Name);
        Assert.Equal(
            [
                "/api/account/blocks",
                "/api/account/blocks/{personId}",
                "/api/account/login",
                "/api/account/logout",
                "/api/account/me",
                "/api/account/notifications",
                "/api/account/push/devices",
                "/api/account/push/devices/{id}",
                "/api/account/push/devices/{id}/test",
                "/api/account/push/key",
                "/api/account/refresh",
                "/api/listings",
                "/api/listings/{id}/rooms",
                "/api/messages",
                "/api/notifications",
                "/api/notifications/read",
                "/api/notifications/shown",
                "/api/reports",
                "/api/rooms",
                "/api/rooms/{id}/deal",
                "/api/rooms/{id}/messages",
                "/api/rooms/{id}/messages/{seq}",
                "/api/rooms/{id}/messages/{seq}/reaction",
                "/api/rooms/{id}/mute",
                "/api/rooms/{id}/rating",
                "/api/rooms/{id}/read",
            ],
            paths.Order()
        );
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, long room, object body) =>
        client.PostAsJsonAsync($"/api/rooms/{room}/messages", body);

    private static async Task<JsonElement> JsonAsync(HttpClient client, string url) =>
        await client.GetFromJsonAsync<JsonElement>(url);

    private static IEnumerable<long> Seqs(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(message => message.GetProperty("seq").GetInt64());
}
