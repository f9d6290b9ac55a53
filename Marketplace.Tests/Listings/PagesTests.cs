using System.Net;
using Marketplace.Tests.Support;
using Marketplace.Web.Files;
using Marketplace.Web.Listings;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Listings;

public sealed class PagesTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    [Fact]
    public async Task A_visitor_reads_without_a_circuit()
    {
        var ana = await app.JoinAsync("Ana");
        var listing = await ana.SellsAsync();
        using var visitor = SiteClient.Visitor(app);
        foreach (
            var url in new[]
            {
                "/",
                $"/listings/{listing}",
                "/?q=bici&category=bikes&min=1&max=500&place=madrid&sort=cheapest",
            }
        )
        {
            var html = await visitor.GetStringAsync(url);
            Assert.Contains("Bicicleta eléctrica", html);
            Assert.DoesNotContain("\"type\":\"server\"", html);
            Assert.DoesNotContain("blazor.web.js", html);
        }
    }

    [Fact]
    public async Task Contactar_without_being_signed_in_is_finished_after_signing_in_and_by_no_link_alone()
    {
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var (listing, other) = (await ana.SellsAsync(), await ana.SellsAsync());
        using var visitor = SiteClient.Visitor(app);
        var answer = await visitor.SubmitAsync($"/listings/{listing}", [], $"/listings/{listing}/contact");
        var on = $"/listings/{listing}/continue?do=contact";
        var login = answer.Headers.Location!.ToString();
        Assert.Equal($"/account/login?ReturnUrl={Uri.EscapeDataString(on)}", login);
        Assert.Contains("para hablar con quien vende", await visitor.GetStringAsync(login));
        var fields = new Dictionary<string, string>
        {
            ["_handler"] = "login",
            ["Form.Email"] = bruno.Email,
            ["Form.Password"] = MarketplaceApp.Password,
        };
        Assert.Equal(on, (await visitor.SubmitAsync(login, fields)).Headers.Location!.PathAndQuery);
        Assert.Contains("data-now", await visitor.GetStringAsync(on));
        Assert.DoesNotContain("data-now", await visitor.GetStringAsync($"/listings/{other}/continue?do=contact"));
        await using (var db = app.Look())
            Assert.False(await db.Rooms.AnyAsync(room => room.ListingId == listing));
        var done = await visitor.SubmitAsync(on, [], $"/listings/{listing}/contact");
        Assert.Matches(@"^/messages/\d+$", done.Headers.Location?.ToString());
        // Back does not contact again, and an intent from another site needs a confirmation.
        Assert.Equal($"/listings/{listing}", (await visitor.GetAsync(on)).Headers.Location?.PathAndQuery);
        using var foreign = SiteClient.Visitor(app);
        await foreign.PostAsync($"/listings/{listing}/contact", new FormUrlEncodedContent([]));
        fields["Form.Email"] = (await app.JoinAsync("Dora")).Email;
        await foreign.SubmitAsync(login, fields);
        var asked = await foreign.GetStringAsync(on);
        Assert.Contains("Hablar con Ana", asked);
        Assert.DoesNotContain("data-now", asked);
        using var hers = await SiteClient.SignedInAsync(app, ana);
        Assert.Equal($"/listings/{listing}", (await hers.GetAsync(on)).Headers.Location?.PathAndQuery);
        await ana.SettlesAsync(listing, ListingState.Sold);
        using var late = await SiteClient.SignedInAsync(app, await app.JoinAsync("Eva"));
        Assert.Equal($"/listings/{listing}", (await late.GetAsync(on)).Headers.Location?.PathAndQuery);
    }

    [Fact]
    public async Task Contactar_goes_to_the_room_and_an_old_page_gets_a_sentence()
    {
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var listing = await ana.SellsAsync();
        using var his = await SiteClient.SignedInAsync(app, bruno);
        var stale = await his.PostAsync($"/listings/{listing}/contact", new FormUrlEncodedContent([]));
        Assert.Equal($"/listings/{listing}?notice=expired", stale.Headers.Location?.ToString());
        Assert.Contains("La página había caducado", await his.GetStringAsync(stale.Headers.Location));
        var answer = await his.SubmitAsync($"/listings/{listing}", [], $"/listings/{listing}/contact");
        Assert.Matches(@"^/messages/\d+$", answer.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await his.GetAsync(answer.Headers.Location)).StatusCode);
    }

    [Fact]
    public async Task A_listing_leads_to_the_conversation_that_there_is_and_offers_none_once_it_is_sold()
    {
        var (ana, bruno, dora) = (
            await app.JoinAsync("Ana"),
            await app.JoinAsync("Bruno"),
            await app.JoinAsync("Dora")
        );
        var listing = await ana.SellsAsync();
        using var his = await SiteClient.SignedInAsync(app, bruno);
        using var hers = await SiteClient.SignedInAsync(app, dora);
        Assert.Contains("Contactar</button>", await his.GetStringAsync($"/listings/{listing}"));
        var room = await bruno.ContactsAsync(listing);
        foreach (var state in new[] { ListingState.Active, ListingState.Sold, ListingState.Withdrawn })
        {
            await ana.SettlesAsync(listing, state);
            var page = await his.GetStringAsync($"/listings/{listing}");
            Assert.Contains("Abrir conversación</button>", page);
            Assert.DoesNotContain("Contactar</button>", page);
            var answer = await his.SubmitAsync($"/listings/{listing}", [], $"/listings/{listing}/contact");
            Assert.Equal($"/messages/{room}", answer.Headers.Location?.ToString());
            Assert.Equal(
                state is ListingState.Active,
                (await hers.GetStringAsync($"/listings/{listing}")).Contains("Contactar</button>")
            );
        }
    }

    [Fact]
    public async Task A_listing_that_was_withdrawn_meanwhile_says_so()
    {
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var listing = await ana.SellsAsync();
        using var his = await SiteClient.SignedInAsync(app, bruno);
        await his.GetStringAsync($"/listings/{listing}");
        await ana.SettlesAsync(listing, ListingState.Withdrawn);
        var other = await ana.SellsAsync();
        var answer = await his.SubmitAsync($"/listings/{other}", [], $"/listings/{listing}/contact");
        Assert.Contains("ya no admite mensajes nuevos", await his.GetStringAsync(answer.Headers.Location));
    }

    [Fact]
    public async Task Markup_in_any_field_is_text()
    {
        var ana = await app.JoinAsync("Ana<b>");
        var listing = await ana.SellsAsync("<script>alert(1)</script>", place: "<img src=x>");
        using var visitor = SiteClient.Visitor(app);
        var html = await visitor.GetStringAsync($"/listings/{listing}");
        Assert.DoesNotContain("<script>alert", html);
        Assert.DoesNotContain("<img src=x>", html);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html);
    }

    [Fact]
    public async Task A_form_with_mistakes_keeps_what_was_typed_and_says_what_is_wrong()
    {
        using var hers = await SiteClient.SignedInAsync(app, await app.JoinAsync("Ana"));
        var answer = await hers.SubmitAsync(
            "/listings/new",
            new()
            {
                ["_handler"] = "listing",
                ["Form.Title"] = "Mesa de pino",
                ["Form.Price"] = "barata",
            }
        );
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Mesa de pino", html);
        Assert.Contains("No entendemos «barata» como precio. Escribe el precio en euros", WebUtility.HtmlDecode(html));
        Assert.Contains("Elige una categoría", html);
    }

    [Fact]
    public async Task A_photograph_is_stored_by_its_content_and_served_safely()
    {
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        using var hers = await SiteClient.SignedInAsync(app, ana);
        var (status, answer) = await hers.UploadAsync(Pictures.Jpeg);
        Assert.Equal(HttpStatusCode.OK, status);
        var file = System.Text.Json.JsonDocument.Parse(answer).RootElement.GetProperty("file").GetGuid();
        using var picture = await hers.GetAsync($"/files/{file}");
        Assert.Equal("image/jpeg", picture.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", picture.Headers.GetValues("X-Content-Type-Options").Single());
        using var his = await SiteClient.SignedInAsync(app, bruno);
        Assert.Equal(HttpStatusCode.NotFound, (await his.GetAsync($"/files/{file}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await his.GetAsync($"/files/{Guid.NewGuid()}")).StatusCode);
    }

    [Fact]
    public async Task A_photograph_gets_its_small_version_whatever_else_is_sent()
    {
        using var hers = await SiteClient.SignedInAsync(app, await app.JoinAsync("Ana"));
        var (_, answer) = await hers.UploadAsync(Pictures.Jpeg, also: "no es una foto"u8.ToArray());
        var names = System.Text.Json.JsonDocument.Parse(answer).RootElement;
        using var small = await hers.GetAsync($"/files/{names.GetProperty("thumbnail").GetGuid()}");
        Assert.Equal("image/webp", small.Content.Headers.ContentType?.MediaType);
        var bytes = await small.Content.ReadAsByteArrayAsync();
        Assert.Equal(new Picture("image/webp", 480, 360), Picture.Recognise(bytes));
        var (status, refusal) = await hers.UploadAsync(Pictures.HugePng());
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("24 meg", refusal);
    }

    [Fact]
    public async Task What_is_no_photograph_gets_a_sentence()
    {
        using var hers = await SiteClient.SignedInAsync(app, await app.JoinAsync("Ana"));
        var (status, answer) = await hers.UploadAsync("<html>"u8.ToArray());
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("No parece una foto", System.Text.RegularExpressions.Regex.Unescape(answer));
        var (large, _) = await hers.UploadAsync(new byte[9 * 1024 * 1024]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large);
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_gets_a_sentence_and_no_record()
    {
        await using var full = new MarketplaceApp { Settings = { ["Files:Path"] = "/dev/full/files" } };
        var ana = await full.JoinAsync("Ana");
        using var hers = await SiteClient.SignedInAsync(full, ana);
        var (status, answer) = await hers.UploadAsync(Pictures.Png);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("Ahora mismo no podemos guardar", answer);
        await using var db = full.Look();
        Assert.False(await db.Files.AnyAsync());
    }

    [Fact]
    public async Task Every_answer_carries_the_safe_headers()
    {
        using var visitor = SiteClient.Visitor(app);
        foreach (var url in new[] { "/", "/nothing", "/api/nothing", "/site.css", "/files/x" })
        {
            var headers = (await visitor.GetAsync(url)).Headers;
            var policy = headers.GetValues("Content-Security-Policy").Single().Split("; ");
            Assert.Equal(["style-src-attr 'unsafe-inline'"], policy.Where(rule => rule.Contains("unsafe")));
            Assert.Contains("base-uri 'self'", policy);
            Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        }
    }

    [Theory]
    [InlineData("/account/manage", false)]
    [InlineData("/messages", true)]
    public async Task Style_elements_are_allowed_where_a_page_lives_only(string path, bool allowed)
    {
        using var hers = await SiteClient.SignedInAsync(app, await app.JoinAsync("Ana"));
        using var page = await hers.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single().Split("; ");
        Assert.Contains(allowed ? "style-src 'self' 'unsafe-inline'" : "style-src 'self'", policy);
    }
}
