using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Marketplace.Tests.Support;
using Marketplace.Web.Listings;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Api;

public sealed class RefusalTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    [Theory]
    [InlineData("GET", "/api/rooms", HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound, "not_found")]
    [InlineData("GET", "/api/listings?limit=x", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("DELETE", "/api/listings", HttpStatusCode.MethodNotAllowed, "invalid")]
    [InlineData("POST", "/api/account/login", HttpStatusCode.Unauthorized, "unauthorized", "utf-8")]
    [InlineData("POST", "/api/account/login", HttpStatusCode.UnsupportedMediaType, "invalid", "bogus")]
    [InlineData("POST", "/api/account/login", HttpStatusCode.UnsupportedMediaType, "invalid", "\"\"")]
    public async Task A_program_gets_a_code_and_a_sentence_whatever_it_accepts(
        string method,
        string url,
        HttpStatusCode status,
        string code,
        string? charset = null
    )
    {
        using var program = app.CreateClient();
        program.DefaultRequestHeaders.Add("Accept", "text/html");
        using var call = new HttpRequestMessage(new HttpMethod(method), url);
        if (charset is not null)
        {
            call.Content = new ByteArrayContent("""{"email":"a\ufffe@b.es","password":"x"}"""u8.ToArray());
            call.Content.Headers.TryAddWithoutValidation("Content-Type", $"application/json; charset={charset}");
        }
        await RefusedAsync(await program.SendAsync(call), status, code);
    }

    [Fact]
    public async Task A_page_that_fails_offers_to_try_again()
    {
        await using var broken = new MarketplaceApp
        {
            Beside = services => services.AddScoped<SellerService>(_ => throw new InvalidOperationException()),
        };
        using var visitor = SiteClient.Visitor(broken);
        var answer = await visitor.GetAsync("/people/1");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("data-reload", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/error", "text/html")]
    [InlineData("/status/500", "text/html")]
    [InlineData("/status/404", "*/*")]
    [InlineData("/ERROR", "*/*")]
    public async Task A_page_about_an_error_is_none_that_one_can_ask_for(string url, string accepted)
    {
        using var visitor = app.CreateClient();
        visitor.DefaultRequestHeaders.Add("Accept", accepted);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(url)).StatusCode);
    }

    [Fact]
    public async Task A_page_of_another_site_is_told_why_the_cookie_does_not_count()
    {
        using var his = await SiteClient.SignedInAsync(app, await app.JoinAsync("Bruno"));
        await RefusedAsync(await his.PostAsync("/api/listings/1/rooms", null), HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task What_is_no_character_is_kept_as_it_is_and_looked_for_in_vain()
    {
        var bruno = await app.JoinAsync("Bruno");
        var room = await bruno.ContactsAsync(await (await app.JoinAsync("Ana")).SellsAsync());
        Assert.Equal("hola \uFFFE mesa", (await bruno.SaysAsync(room, "hola \uFFFE mesa")).Body);
        using var program = await bruno.ClientAsync();
        foreach (var url in new[] { "/api/messages", "/api/listings", "/" })
            Assert.Equal(HttpStatusCode.OK, (await program.GetAsync($"{url}?q=%EF%BF%BE")).StatusCode);
    }

    [Fact]
    public async Task A_message_that_is_not_there_is_said_to_be_missing()
    {
        var bruno = await app.JoinAsync("Bruno");
        var room = await bruno.ContactsAsync(await (await app.JoinAsync("Ana")).SellsAsync());
        using var program = await bruno.ClientAsync();
        var answer = await program.DeleteAsync($"/api/rooms/{room}/messages/7");
        Assert.Contains("Este mensaje no existe", await answer.Content.ReadAsStringAsync());
        await RefusedAsync(answer, HttpStatusCode.NotFound, "not_found");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(long.MaxValue)]
    public async Task An_answer_to_nothing_is_refused_and_said_again_without_it_is_stored(long replyTo)
    {
        var (ana, bruno, room) = await app.TalkAsync();
        await bruno.SaysAsync(room, "uno");
        using var his = await bruno.ClientAsync();
        var clientId = Guid.NewGuid();
        var answer = await his.PostAsJsonAsync(
            $"/api/rooms/{room}/messages",
            new
            {
                clientId,
                body = "dos",
                replyTo,
            }
        );
        await RefusedAsync(answer, HttpStatusCode.BadRequest, "invalid");
        answer = await his.PostAsJsonAsync(
            $"/api/rooms/{room}/messages",
            new
            {
                clientId,
                body = "dos",
                replyTo = 1,
            }
        );
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_of_before_signing_in_gets_a_page_that_says_what_to_do()
    {
        using var visitor = SiteClient.Visitor(app);
        var answer = await visitor.PostAsync("/account/login", new FormUrlEncodedContent([new("_handler", "login")]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("No se ha podido hacer", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("multipart/form-data", "x")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nbroken")]
    [InlineData("application/x-www-form-urlencoded", null)]
    public async Task A_form_that_cannot_be_read_is_its_senders_mistake(string type, string? body)
    {
        using var visitor = SiteClient.Visitor(app);
        body ??= string.Join('&', Enumerable.Range(0, 3_000).Select(i => $"f{i}="));
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        var answer = await visitor.PostAsync("/account/logout", content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("No se ha podido hacer", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Somebody_elses_conversation_is_not_there_nor_is_one_that_nobody_has()
    {
        var (ana, bruno, room) = await app.TalkAsync();
        using var hers = await SiteClient.SignedInAsync(app, await app.JoinAsync("Dora"));
        foreach (var id in new[] { room, 999_999 })
        {
            var answer = await hers.GetAsync($"/messages/{id}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Contains("no existe o no es tuya", await answer.Content.ReadAsStringAsync());
        }
        using var his = await SiteClient.SignedInAsync(app, bruno);
        Assert.Equal(HttpStatusCode.OK, (await his.GetAsync($"/messages/{room}")).StatusCode);
    }

    [Fact]
    public async Task Somebody_elses_listing_has_no_form_to_change_it()
    {
        var listing = await (await app.JoinAsync("Ana")).SellsAsync();
        using var his = await SiteClient.SignedInAsync(app, await app.JoinAsync("Bruno"));
        foreach (var id in new[] { listing, 999_999, -1 })
            Assert.Equal(HttpStatusCode.NotFound, (await his.GetAsync($"/listings/{id}/edit")).StatusCode);
    }

    [Fact]
    public async Task An_administrators_list_begins_anew_where_its_address_is_broken()
    {
        var carla = await app.JoinAsync("Carla", administrator: true);
        using var hers = await SiteClient.SignedInAsync(app, carla);
        foreach (var url in new[] { "users?after=x", "audit?after=x", "rooms?after=x-y" })
            Assert.Equal(HttpStatusCode.OK, (await hers.GetAsync($"/admin/{url}")).StatusCode);
    }

    [Fact]
    public async Task A_name_that_nobody_sees_is_none()
    {
        using var visitor = SiteClient.Visitor(app);
        var answer = await visitor.SubmitAsync(
            "/account/register",
            new()
            {
                ["_handler"] = "register",
                ["Form.DisplayName"] = "\u200B\u3164",
                ["Form.Email"] = "nadie@test.local",
                ["Form.Password"] = MarketplaceApp.Password,
            }
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Escribe el nombre que verán los demás", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("99", "Elige una categoría")]
    [InlineData("xxx", "Este valor no es válido")]
    public async Task A_listing_belongs_to_a_category_that_there_is(string category, string sentence)
    {
        using var hers = await SiteClient.SignedInAsync(app, await app.JoinAsync("Ana"));
        var answer = await hers.SubmitAsync(
            "/listings/new",
            new()
            {
                ["_handler"] = "listing",
                ["Form.Title"] = "Mesa",
                ["Form.Description"] = "De pino",
                ["Form.Price"] = "20",
                ["Form.Place"] = "Soria",
                ["Form.Category"] = category,
            }
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(sentence, await answer.Content.ReadAsStringAsync());
    }

    private static async Task RefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        foreach (var text in new[] { "type", "title", "detail" })
            Assert.NotEmpty(problem.GetProperty(text).GetString()!);
    }
}
