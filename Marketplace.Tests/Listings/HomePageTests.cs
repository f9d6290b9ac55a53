using System.Net;
using Marketplace.Tests.Support;
using Marketplace.Web.Listings;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Tests.Listings;

public sealed class HomePageTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    [Fact]
    public async Task The_heading_and_the_count_follow_what_is_looked_for()
    {
        var ana = await app.JoinAsync("Ana");
        await ana.SellsAsync("Zanfona antigua");
        await ana.SellsAsync("Zanfona nueva");
        using var visitor = SiteClient.Visitor(app);
        var html = await visitor.GetStringAsync("/?q=zanfona");
        Assert.Contains("Resultados de «zanfona»</h1>", WebUtility.HtmlDecode(html));
        Assert.Contains("2 anuncios", html);
        Assert.Contains("1 anuncio<", await visitor.GetStringAsync("/?q=zanfona+antigua"));
        Assert.Contains("Bicicletas y patinetes</h1>", await visitor.GetStringAsync("/?category=bikes"));
    }

    [Fact]
    public async Task The_count_beforehand_is_that_of_the_page_and_in_the_readers_language()
    {
        var ana = await app.JoinAsync("Ana");
        await ana.SellsAsync("Espineta", "40");
        await ana.SellsAsync("Espineta de boj", "70");
        using var visitor = SiteClient.Visitor(app);
        Assert.Equal(
            "Ver 2 anuncios",
            await visitor.GetStringAsync("/listings/count?q=espineta&min=&delivery=inperson")
        );
        Assert.Equal("Ver 1 anuncio", await visitor.GetStringAsync("/listings/count?q=espineta&max=50&sort=dearest"));
        Assert.Equal("No hay anuncios así", await visitor.GetStringAsync("/listings/count?q=espineta&condition=new"));
        visitor.DefaultRequestHeaders.Remove("Accept-Language");
        visitor.DefaultRequestHeaders.Add("Accept-Language", "en");
        Assert.Equal("Show 2 listings", await visitor.GetStringAsync("/listings/count?q=espineta"));
    }

    [Fact]
    public async Task A_price_that_is_none_gets_a_sentence_and_the_rest_is_searched()
    {
        var ana = await app.JoinAsync("Ana");
        await ana.SellsAsync("Rabel de pastor");
        using var visitor = SiteClient.Visitor(app);
        var html = WebUtility.HtmlDecode(await visitor.GetStringAsync("/?q=rabel&min=abc"));
        Assert.Contains("Mínimo: escribe un precio", html);
        Assert.Contains("value=\"abc\"", html);
        Assert.Contains("Rabel de pastor", html);
    }

    [Fact]
    public async Task Search_engines_are_told_one_address_for_all_pages_of_a_search()
    {
        var ana = await app.JoinAsync("Ana");
        for (var i = 0; i < ListingFilter.Page + 1; i++)
            await ana.SellsAsync("Gaita de fole");
        using var visitor = SiteClient.Visitor(app);
        var first = WebUtility.HtmlDecode(await visitor.GetStringAsync("/?sort=newest&q=gaita&min="));
        const string canonical = "<link rel=\"canonical\" href=\"http://localhost/?q=gaita\"";
        Assert.Contains(canonical, first);
        Assert.Contains("<link rel=\"next\" href=\"http://localhost/?q=gaita&before=", first);
        var last = WebUtility.HtmlDecode(await visitor.GetStringAsync("/?q=gaita&before=1"));
        Assert.Contains(canonical, last);
        Assert.DoesNotContain("rel=\"next\"", last);
    }

    [Fact]
    public async Task What_is_for_sale_stands_in_the_sitemap_and_nothing_else_does()
    {
        var clock = new HandClock();
        await using var fresh = new MarketplaceApp
        {
            Settings = { ["Site:Url"] = "https://market.example" },
            Beside = services => services.AddSingleton<TimeProvider>(clock),
        };
        var ana = await fresh.JoinAsync("Ana");
        var (sold, active) = (await ana.SellsAsync(), await ana.SellsAsync());
        await ana.SettlesAsync(sold, ListingState.Sold);
        using var visitor = SiteClient.Visitor(fresh);
        var map = await visitor.GetAsync("/sitemap.xml");
        var xml = await map.Content.ReadAsStringAsync();
        Assert.Equal("application/xml", map.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"<loc>https://market.example/listings/{active}</loc>", xml);
        Assert.DoesNotContain($"/listings/{sold}<", xml);
        var later = await ana.SellsAsync();
        Assert.DoesNotContain($"/listings/{later}<", await visitor.GetStringAsync("/sitemap.xml"));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Contains($"/listings/{later}<", await visitor.GetStringAsync("/sitemap.xml"));
        Assert.Contains("Sitemap: https://market.example/sitemap.xml", await visitor.GetStringAsync("/robots.txt"));
    }

    [Theory]
    [InlineData("/account/login")]
    [InlineData("/account/register")]
    public async Task Search_engines_find_the_way_in_under_one_address(string path)
    {
        using var visitor = SiteClient.Visitor(app);
        var html = await visitor.GetStringAsync(path + "?returnUrl=%2Fmessages");
        Assert.Matches("<meta name=\"description\" content=\"[^\"]+\"", html);
        Assert.Matches($"<link rel=\"canonical\" href=\"[^\"?]+{path}\"", html);
        Assert.Contains($"Allow: {path}$", await visitor.GetStringAsync("/robots.txt"));
    }

    [Fact]
    public async Task Only_a_visitor_s_page_without_a_token_is_compressed()
    {
        using var visitor = SiteClient.Visitor(app);
        Assert.DoesNotContain("__RequestVerificationToken", await visitor.GetStringAsync("/"));
        visitor.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        Assert.Equal(["br"], (await visitor.GetAsync("/?q=bici")).Content.Headers.ContentEncoding);
        Assert.Empty((await visitor.GetAsync("/account/login")).Content.Headers.ContentEncoding);
        using var hers = await SiteClient.SignedInAsync(app, await app.JoinAsync("Ana"));
        hers.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        Assert.Empty((await hers.GetAsync("/")).Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task A_heart_that_is_pressed_without_a_script_comes_back_to_its_page()
    {
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var listing = await ana.SellsAsync("Dulzaina");
        using var his = await SiteClient.SignedInAsync(app, bruno);
        var pressed = await his.SubmitAsync(
            "/?q=dulzaina",
            new() { ["saved"] = "true", ["returnUrl"] = "/?q=dulzaina" },
            $"/listings/{listing}/favourite"
        );
        Assert.Equal("/?q=dulzaina", pressed.Headers.Location?.ToString());
        Assert.Contains("aria-pressed=\"true\"", await his.GetStringAsync("/?q=dulzaina"));
        Assert.Contains("Dulzaina", await his.GetStringAsync("/favourites"));
        var elsewhere = await his.SubmitAsync(
            "/",
            new() { ["saved"] = "false", ["returnUrl"] = "//evil.example" },
            $"/listings/{listing}/favourite"
        );
        Assert.Equal("/", elsewhere.Headers.Location?.ToString());
        var stale = await his.PostAsync(
            $"/listings/{listing}/favourite",
            new FormUrlEncodedContent([KeyValuePair.Create("saved", "true")])
        );
        Assert.Equal($"/listings/{listing}?notice=expired", stale.Headers.Location?.ToString());
        Assert.Empty((await bruno.Get<FavouriteService>().PageAsync(null)).Items);
    }

    [Fact]
    public async Task A_visitor_s_heart_leads_to_sign_in_to_one_press_and_back_to_the_card()
    {
        var listing = await (await app.JoinAsync("Ana")).SellsAsync("Chirimía");
        var bruno = await app.JoinAsync("Bruno");
        using var visitor = SiteClient.Visitor(app);
        var card = $"/?q=chirimia#listing-{listing}";
        var on = $"/listings/{listing}/continue?do=save&back={Uri.EscapeDataString(card)}";
        var login = $"/account/login?ReturnUrl={Uri.EscapeDataString(on)}";
        Assert.Contains(login, await visitor.GetStringAsync("/?q=chirimia"));
        Assert.Contains("para guardar el anuncio", await visitor.GetStringAsync(login));
        // A person who was signed out presses a heart on an open page.
        using var fields = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["saved"] = "true", ["returnUrl"] = card }
        );
        var pressed = await visitor.PostAsync($"/listings/{listing}/favourite", fields);
        Assert.Equal(login, pressed.Headers.Location?.ToString());
        using var his = await SiteClient.SignedInAsync(app, bruno);
        var page = await his.GetStringAsync(on);
        Assert.Contains("Guardar «Chirimía»", System.Net.WebUtility.HtmlDecode(page));
        Assert.Empty((await bruno.Get<FavouriteService>().PageAsync(null)).Items);
        var saved = await his.SubmitAsync(
            on,
            new() { ["saved"] = "true", ["returnUrl"] = card },
            $"/listings/{listing}/favourite"
        );
        Assert.Equal(card, saved.Headers.Location?.ToString());
        Assert.Single((await bruno.Get<FavouriteService>().PageAsync(null)).Items);
    }
}
