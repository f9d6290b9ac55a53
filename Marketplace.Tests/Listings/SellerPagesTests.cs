using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Messages;
using Marketplace.Web.Listings;

namespace Marketplace.Tests.Listings;

public sealed partial class SellerPagesTests(MarketplaceApp app) : IClassFixture<MarketplaceApp>
{
    [Fact]
    public async Task A_listing_tells_search_engines_what_it_is_and_its_text_cannot_break_out()
    {
        var ana = await app.JoinAsync("Ana</script>");
        var listing = await ana.SellsAsync("Bici </script><script>alert(1)</script>", "1.250,50");
        var html = await SiteClient.Visitor(app).GetStringAsync($"/listings/{listing}");
        Assert.DoesNotContain("<script>alert", html);
        Assert.Contains($"rel=\"canonical\" href=\"http://localhost/listings/{listing}\"", html);
        using var data = JsonDocument.Parse(Data().Match(html).Groups[1].Value);
        Assert.Equal("Bici </script><script>alert(1)</script>", data.RootElement.GetProperty("name").GetString());
        var offer = data.RootElement.GetProperty("offers");
        Assert.Equal("1250.50", offer.GetProperty("price").GetString());
        Assert.Equal("https://schema.org/InStock", offer.GetProperty("availability").GetString());
    }

    [Fact]
    public async Task What_is_published_or_saved_says_so_to_its_seller_only()
    {
        var ana = await app.JoinAsync("Ana");
        using var hers = await SiteClient.SignedInAsync(app, ana);
        var fields = new Dictionary<string, string>
        {
            ["_handler"] = "listing",
            ["Form.Title"] = "Mesa de pino",
            ["Form.Price"] = "80",
            ["Form.Category"] = "Home",
            ["Form.Place"] = "Vigo",
            ["Form.InPerson"] = "true",
            ["Form.Description"] = "De pino.\r\nCon cuatro sillas.",
        };
        var published = (await hers.SubmitAsync("/listings/new", fields)).Headers.Location!.ToString();
        Assert.Contains("Tu anuncio está publicado", await hers.GetStringAsync(published));
        Assert.DoesNotContain("Tu anuncio está publicado", await SiteClient.Visitor(app).GetStringAsync(published));
        var page = published.Split('?')[0];
        var saved = (await hers.SubmitAsync($"{page}/edit", fields)).Headers.Location!.ToString();
        Assert.Contains("Cambios guardados", await hers.GetStringAsync(saved));
    }

    [Fact]
    public async Task Who_saves_second_sees_both_and_chooses()
    {
        var ana = await app.JoinAsync("Ana");
        var listing = await ana.SellsAsync("Mesa de pino");
        using var hers = await SiteClient.SignedInAsync(app, ana);
        var page = $"/listings/{listing}/edit";
        var seen = Seen().Match(await hers.GetStringAsync(page)).Groups[1].Value;
        Assert.True((await hers.SubmitAsync(page, Filled("Mesa de roble", seen))).Headers.Location is not null);
        var refused = await hers.SubmitAsync(page, Filled("Mesa de haya", seen));
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        var html = await refused.Content.ReadAsStringAsync();
        Assert.Contains("mientras lo editabas", html);
        Assert.Contains(">Mesa de roble<", html);
        Assert.Contains(">Mesa de haya<", html);
        Assert.Equal("Mesa de roble", (await ana.Listings.FindAsync(listing))!.Title);
        Assert.Single(Differences().Matches(html));
        var shown = Seen().Match(html).Groups[1].Value;
        Assert.NotEqual(seen, shown);
        Assert.NotNull((await hers.SubmitAsync(page, Filled("Mesa de haya", shown))).Headers.Location);
        Assert.Equal("Mesa de haya", (await ana.Listings.FindAsync(listing))!.Title);
        // Equal contents and state changes are no conflicts.
        Assert.NotNull((await hers.SubmitAsync(page, Filled("Mesa de haya", seen))).Headers.Location);
        shown = Seen().Match(await hers.GetStringAsync(page)).Groups[1].Value;
        await ana.SettlesAsync(listing, ListingState.Reserved);
        Assert.NotNull((await hers.SubmitAsync(page, Filled("Mesa de nogal", shown))).Headers.Location);

        static Dictionary<string, string> Filled(string title, string seen) =>
            new()
            {
                ["_handler"] = "listing",
                ["Form.Seen"] = seen,
                ["Form.Title"] = title,
                ["Form.Price"] = "180",
                ["Form.Category"] = "Bikes",
                ["Form.Place"] = "Madrid",
                ["Form.InPerson"] = "true",
                ["Form.Description"] = "Casi nueva.",
            };
    }

    [GeneratedRegex("""name="Form.Seen" value="(\w+)""")]
    private static partial Regex Seen();

    [GeneratedRegex("<dt[ >]")]
    private static partial Regex Differences();

    [Fact]
    public async Task A_state_is_asked_about_done_and_undone_without_a_script()
    {
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var listing = await ana.SellsAsync("Mesa de pino");
        await bruno.SaysAsync(await bruno.ContactsAsync(listing), "¿Me la guardas?");
        await ana.SettlesAsync(listing, ListingState.Reserved, bruno.Id);
        using var hers = await SiteClient.SignedInAsync(app, ana);
        const string tab = "/listings/mine?state=reserved";
        Assert.Contains(
            "¿Retirar «Mesa de pino»?",
            await hers.GetStringAsync($"{tab}&ask=Withdrawn&listing={listing}")
        );
        var fields = new Dictionary<string, string> { ["state"] = "Withdrawn", ["back"] = tab };
        var done = (await hers.SubmitAsync(tab, fields, $"/listings/{listing}/state")).Headers.Location!.ToString();
        Assert.Equal($"{tab}&moved={listing}&from=Reserved&person={bruno.Id}", done);
        var html = await hers.GetStringAsync(done);
        Assert.Contains("«Mesa de pino» está retirado.", html);
        Assert.Contains($"name=\"person\" value=\"{bruno.Id}\"", html);
        Assert.DoesNotContain("Deshacer", await hers.GetStringAsync($"{tab}&moved={listing}&from=Active"));
        fields = new()
        {
            ["state"] = "Reserved",
            ["person"] = $"{bruno.Id}",
            ["back"] = tab,
        };
        await hers.SubmitAsync(tab, fields, $"/listings/{listing}/state");
        var stored = (await ana.Listings.FindAsync(listing))!;
        Assert.Equal((ListingState.Reserved, bruno.Id), (stored.State, stored.ReservedForId));
        using var his = await SiteClient.SignedInAsync(app, bruno);
        Assert.Contains("Reservado para ti", await his.GetStringAsync($"/listings/{listing}"));
        Assert.DoesNotContain("Reservado para ti", await hers.GetStringAsync($"/listings/{listing}"));
    }

    [Fact]
    public async Task A_question_that_stayed_open_in_another_tab_changes_nothing_and_says_so()
    {
        var (ana, bruno, dora) = (
            await app.JoinAsync("Ana"),
            await app.JoinAsync("Bruno"),
            await app.JoinAsync("Dora")
        );
        var listing = await ana.SellsAsync("Mesa de pino");
        var rooms = new[] { await bruno.ContactsAsync(listing), await dora.ContactsAsync(listing) };
        await bruno.SaysAsync(rooms[0], "¿Me la guardas?");
        await dora.SaysAsync(rooms[1], "¿Sigue disponible?");
        using var hers = await SiteClient.SignedInAsync(app, ana);
        var question = $"/listings/{listing}?ask=Sold&listing={listing}";
        var moves = Moves().Match(await hers.GetStringAsync(question)).Groups[1].Value;
        await ana.SettlesAsync(listing, ListingState.Sold, bruno.Id);
        foreach (var state in new[] { "Sold", "Reserved", "Withdrawn" })
        {
            var fields = new Dictionary<string, string>
            {
                ["state"] = state,
                ["person"] = $"{dora.Id}",
                ["moves"] = moves,
            };
            var answer = await hers.SubmitAsync(question, fields, $"/listings/{listing}/state");
            Assert.Equal($"/listings/{listing}?notice=changed", answer.Headers.Location!.ToString());
            Assert.Contains("No se ha cambiado nada", await hers.GetStringAsync(answer.Headers.Location));
        }
        Assert.Equal(bruno.Id, (await ana.Listings.FindAsync(listing))!.ReservedForId);
        Assert.Equal([MessageKind.SoldHere], await ToldAsync(bruno, rooms[0]));
    }

    [GeneratedRegex("""name="moves" value="(\d+)""")]
    private static partial Regex Moves();

    [Fact]
    public async Task A_seller_says_to_whom_it_was_sold_and_all_who_asked_are_told()
    {
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var dora = await app.JoinAsync("Dora");
        var listing = await ana.SellsAsync("Mesa de pino");
        var (his, hers) = (await bruno.ContactsAsync(listing), await dora.ContactsAsync(listing));
        await bruno.SaysAsync(his, "¿Me la guardas?");
        await dora.SaysAsync(hers, "¿Sigue disponible?");
        using var seller = await SiteClient.SignedInAsync(app, ana);
        var html = await seller.GetStringAsync($"/listings/mine?ask=Sold&listing={listing}");
        Assert.Contains("¿A quién se lo has vendido?", html);
        Assert.Contains($"name=\"person\" value=\"{bruno.Id}\"", html);
        Assert.Contains("A otra persona", html);
        await MoveAsync("Sold", bruno.Id);
        Assert.Equal((ListingState.Sold, bruno.Id), await StoredAsync());
        Assert.Equal([MessageKind.SoldHere], await ToldAsync(bruno, his));
        Assert.Equal([MessageKind.SoldElsewhere], await ToldAsync(dora, hers));
        await MoveAsync("Active", null);
        await MoveAsync("Reserved", dora.Id);
        await MoveAsync("Active", null);
        await MoveAsync("Sold", null);
        Assert.Equal((ListingState.Sold, null), await StoredAsync());
        Assert.Equal(
            [MessageKind.SoldHere, MessageKind.Released, MessageKind.SoldElsewhere],
            await ToldAsync(bruno, his)
        );
        Assert.Equal(
            [
                MessageKind.SoldElsewhere,
                MessageKind.Released,
                MessageKind.Reserved,
                MessageKind.Released,
                MessageKind.SoldElsewhere,
            ],
            await ToldAsync(dora, hers)
        );

        Task MoveAsync(string state, long? person) =>
            seller.SubmitAsync(
                "/listings/mine",
                new Dictionary<string, string> { ["state"] = state, ["person"] = $"{person}" },
                $"/listings/{listing}/state"
            );

        async Task<(ListingState, long?)> StoredAsync() =>
            await ana.Listings.FindAsync(listing) is { } stored ? (stored.State, stored.ReservedForId) : default;
    }

    [Fact]
    public async Task Who_asked_about_a_listing_is_nobody_elses_business()
    {
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var listing = await ana.SellsAsync();
        await bruno.SaysAsync(await bruno.ContactsAsync(listing), "¿Sigue disponible?");
        Assert.Equal("Bruno", Assert.Single(await ana.Get<SellerService>().AskersAsync(listing)).Name);
        Assert.Empty(await bruno.Get<SellerService>().AskersAsync(listing));
        using var his = await SiteClient.SignedInAsync(app, bruno);
        Assert.DoesNotContain("¿A quién", await his.GetStringAsync($"/listings/mine?ask=Sold&listing={listing}"));
        Assert.DoesNotContain("¿A quién", await his.GetStringAsync($"/listings/{listing}?ask=Sold"));
    }

    [Fact]
    public async Task Nobody_is_told_that_something_is_kept_for_them_who_has_not_asked()
    {
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var listing = await ana.SellsAsync();
        using var hers = await SiteClient.SignedInAsync(app, ana);
        var fields = new Dictionary<string, string> { ["state"] = "Reserved", ["person"] = $"{bruno.Id}" };
        var done = await hers.SubmitAsync("/listings/mine", fields, $"/listings/{listing}/state");
        Assert.Equal($"/listings/{listing}?moved={listing}&from=Active", done.Headers.Location?.ToString());
        Assert.Null((await ana.Listings.FindAsync(listing))!.ReservedForId);
    }

    [Fact]
    public async Task A_person_has_a_page_with_what_they_sell()
    {
        var ana = await app.JoinAsync("Ana");
        var listing = await ana.SellsAsync("Mesa de pino");
        using var visitor = SiteClient.Visitor(app);
        Assert.Contains($"href=\"/people/{ana.Id}\"", await visitor.GetStringAsync($"/listings/{listing}"));
        var html = await visitor.GetStringAsync($"/people/{ana.Id}");
        Assert.Contains("1 anuncio a la venta", html);
        Assert.Contains("Mesa de pino", html);
        Assert.DoesNotContain(ana.Email, html);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/people/987654")).StatusCode);
    }

    [Fact]
    public async Task Own_listings_lead_to_their_conversations()
    {
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var listing = await ana.SellsAsync();
        await bruno.SaysAsync(await bruno.ContactsAsync(listing), "¿Sigue disponible?");
        using var hers = await SiteClient.SignedInAsync(app, ana);
        var html = await hers.GetStringAsync("/listings/mine");
        Assert.Contains($"href=\"/listings/{listing}/offers\"", html);
        Assert.Contains("1 conversación", html);
    }

    private static async Task<MessageKind[]> ToldAsync(Person reader, long room)
    {
        using var open = reader.Chat.Open(room, reader.RunAsync);
        Assert.True(await open.LoadAsync());
        return [.. open.Window.Messages.Select(message => message.Kind).Where(kind => kind != MessageKind.Text)];
    }

    [GeneratedRegex("""<script type="application/ld\+json">(.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex Data();
}
