using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Tests.Support;
using Marketplace.Web.Chat.Search;
using Marketplace.Web.Data;

namespace Marketplace.Tests.Chat;

public sealed class SearchTests(Apps apps) : IClassFixture<Apps>
{
    [Theory, Databases]
    public async Task Words_are_found_whatever_their_case_and_accents_and_ñ_is_a_letter(DatabaseProvider provider)
    {
        var (_, bruno, room) = await TalkAsync(provider);
        await bruno.SaysAsync(room, "¿Y la BATERÍA? Tiene un año…");
        await bruno.SaysAsync(room, "ano 👍 nuevo");
        Assert.Equal(["¿Y la BATERÍA? Tiene un año…"], await BodiesAsync(bruno, "bateria"));
        Assert.Equal(["¿Y la BATERÍA? Tiene un año…"], await BodiesAsync(bruno, "AÑO  la"));
        Assert.Equal(["ano 👍 nuevo"], await BodiesAsync(bruno, "ano"));
        Assert.Equal(["ano 👍 nuevo"], await BodiesAsync(bruno, "👍"));
        Assert.Empty(await BodiesAsync(bruno, "bateria nuevo"));
        Assert.Empty(await BodiesAsync(bruno, " \" OR _1 * - "));
    }

    [Theory, Databases]
    public async Task A_word_that_touches_an_emoji_the_emoji_and_a_word_within_a_run_are_found(
        DatabaseProvider provider
    )
    {
        var (_, bruno, room) = await TalkAsync(provider);
        await bruno.SaysAsync(room, "mañana👍🏽");
        await bruno.SaysAsync(room, "新しい自転車です");
        await bruno.SaysAsync(room, "ca\u00ADmi\u200Bseta STRAẞE");
        Assert.Equal(["mañana👍🏽"], await BodiesAsync(bruno, "mañana"));
        Assert.Equal(["mañana👍🏽"], await BodiesAsync(bruno, "👍"));
        Assert.Equal(["新しい自転車です"], await BodiesAsync(bruno, "自転車"));
        Assert.Equal(["新しい自転車です"], await BodiesAsync(bruno, "車"));
        Assert.Equal(["ca\u00ADmi\u200Bseta STRAẞE"], await BodiesAsync(bruno, "camiseta strasse"));
        Assert.Empty(await BodiesAsync(bruno, "👎"));
        Assert.Empty(await BodiesAsync(bruno, "転自"));
    }

    [Theory, Databases]
    public async Task The_last_word_is_found_by_its_beginning_as_it_is_typed(DatabaseProvider provider)
    {
        var (_, bruno, room) = await TalkAsync(provider);
        await bruno.SaysAsync(room, "Con su cargador original");
        foreach (var typed in new[] { "ca", "car", "carg", "cargad", "cargador", "original carg", "su or", "con o" })
            Assert.Equal(["Con su cargador original"], await BodiesAsync(bruno, typed));
        Assert.Empty(await BodiesAsync(bruno, "carg original"));
        Assert.Empty(await BodiesAsync(bruno, "argador"));
        var found = Assert.Single(await bruno.Get<SearchService>().FindAsync("carg"));
        Assert.Equal([new(7, 8)], found.Matches);
    }

    [Theory, Databases]
    public async Task Both_find_what_one_wrote_and_a_stranger_does_not(DatabaseProvider provider)
    {
        var (ana, bruno, room) = await TalkAsync(provider);
        var dora = await apps[provider].JoinAsync("Dora");
        await bruno.SaysAsync(room, "ornitorrinco");
        var found = Assert.Single(await ana.Get<SearchService>().FindAsync("Ornitorrinco"));
        Assert.Equal((room, 1, "Bruno", "Bruno"), (found.RoomId, found.Seq, found.SenderName, found.OtherName));
        Assert.Single(await BodiesAsync(bruno, "ornitorrinco"));
        Assert.Empty(await BodiesAsync(dora, "ornitorrinco"));
    }

    [Theory, Databases]
    public async Task What_is_found_comes_newest_first_by_pages_over_all_rooms(DatabaseProvider provider)
    {
        var (ana, bruno, room) = await TalkAsync(provider);
        var other = await bruno.ContactsAsync(await ana.SellsAsync("Sofá"));
        for (var i = 0; i < 6; i++)
            await bruno.SaysAsync(i % 2 == 0 ? room : other, $"zanahoria {i}");
        var search = bruno.Get<SearchService>();
        var first = await search.FindAsync("zanahoria", limit: 4);
        var second = await search.FindAsync("zanahoria", first[^1].Id, limit: 4);
        Assert.Equal(
            Enumerable.Range(0, 6).Reverse().Select(i => $"zanahoria {i}"),
            first.Concat(second).Select(one => one.Body)
        );
    }

    [Theory, Databases]
    public async Task A_conversation_is_found_by_the_words_of_a_name_with_emoji_and_of_one_without_spaces(
        DatabaseProvider provider
    )
    {
        var app = apps[provider];
        var bruno = await app.JoinAsync("Bruno");
        foreach (var (name, typed) in new[] { ("🌸Núria Peña", "nuri"), ("佐藤健", "健"), ("Peña🌸Ona", "ona") })
        {
            var room = await bruno.ContactsAsync(await (await app.JoinAsync(name)).SellsAsync());
            await bruno.SaysAsync(room, "Hola");
            var found = await bruno.Get<SearchService>().ConversationsAsync(typed);
            Assert.Contains(room, found.Select(one => one.RoomId));
        }
    }

    [Fact]
    public async Task Over_the_API_the_match_is_marked_and_pages_follow()
    {
        var (_, bruno, room) = await TalkAsync(DatabaseProvider.Sqlite);
        await bruno.SaysAsync(room, "La Mesilla, ¿la mesilla?");
        await bruno.SaysAsync(room, "mesilla");
        using var client = await bruno.ClientAsync();
        var page = await client.GetFromJsonAsync<JsonElement>("/api/messages?q=MESILLA&limit=1");
        var next = page.GetProperty("next").GetString();
        var last = await client.GetFromJsonAsync<JsonElement>($"/api/messages?q=mesilla&limit=1&before={next}");
        Assert.Equal(JsonValueKind.Null, last.GetProperty("next").ValueKind);
        Assert.Equal(
            [(3, 7), (16, 7)],
            last.GetProperty("items")[0]
                .GetProperty("matches")
                .EnumerateArray()
                .Select(match => (match.GetProperty("start").GetInt32(), match.GetProperty("length").GetInt32()))
        );
        Assert.Empty(
            (await client.GetFromJsonAsync<JsonElement>("/api/messages")).GetProperty("items").EnumerateArray()
        );
    }

    private async Task<(Person Ana, Person Bruno, long Room)> TalkAsync(DatabaseProvider provider)
    {
        var (ana, bruno) = (await apps[provider].JoinAsync("Ana"), await apps[provider].JoinAsync("Bruno"));
        return (ana, bruno, await bruno.ContactsAsync(await ana.SellsAsync()));
    }

    private static async Task<IEnumerable<string>> BodiesAsync(Person person, string text) =>
        (await person.Get<SearchService>().FindAsync(text)).Select(one => one.Body);
}
