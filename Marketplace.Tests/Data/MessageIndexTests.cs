using Marketplace.Tests.Support;
using Marketplace.Web.Chat;
using Marketplace.Web.Chat.Search;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Data;

public sealed class MessageIndexTests
{
    [Fact]
    public async Task What_was_added_is_merged_a_little_with_each_message_and_not_in_bursts()
    {
        await using var app = new MarketplaceApp();
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var room = await bruno.ContactsAsync(await ana.SellsAsync("Tándem"));
        // One transaction each; at 16 segments FTS5 would merge them all at once.
        for (var i = 1; i <= 14; i++)
            await bruno.SaysAsync(room, $"¿Sigue a la venta? ({i})");
        await using var db = app.Look();
        Assert.InRange(await NumberAsync(db, "SELECT count(DISTINCT segid) AS Value FROM MessageIndex_idx"), 1, 6);
        Assert.Equal(0, await NumberAsync(db, "SELECT v AS Value FROM MessageIndex_config WHERE k = 'automerge'"));
    }

    [Fact]
    public async Task A_word_that_no_message_says_any_longer_is_forgotten_and_the_others_are_found()
    {
        await using var app = new MarketplaceApp();
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var room = await bruno.ContactsAsync(await ana.SellsAsync("Tándem"));
        await bruno.SaysAsync(room, "Llámame al 612345678");
        await bruno.SaysAsync(room, "Llámame mañana al 655443322");
        await bruno.Get<MessageService>().EditAsync(room, 1, "Llámame al 677889900");
        await bruno.Get<MessageService>().DeleteAsync(room, 2);
        Assert.Equal(["677889900", "al", "llamame"], await TermsAsync(app));
        Assert.Equal([1], await FoundAsync(bruno, "llama"));
        Assert.Equal([1], await FoundAsync(bruno, "677889900"));
        Assert.Empty(await FoundAsync(bruno, "612345678"));
        await bruno.SaysAsync(room, "El de siempre: 612345678");
        Assert.Equal([3], await FoundAsync(bruno, "6123"));
    }

    private static async Task<IReadOnlyList<string>> TermsAsync(MarketplaceApp app)
    {
        await using var db = app.Look();
        return await db.Database.SqlQuery<string>($"SELECT Term AS Value FROM MessageTerms ORDER BY 1").ToListAsync();
    }

    private static async Task<IEnumerable<long>> FoundAsync(Person person, string words) =>
        (await person.Get<SearchService>().FindAsync(words)).Select(found => found.Seq);

    private static Task<long> NumberAsync(DbContext db, string sql) => db.Database.SqlQueryRaw<long>(sql).SingleAsync();
}
