using Marketplace.Tests.Support;
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

    private static Task<long> NumberAsync(DbContext db, string sql) => db.Database.SqlQueryRaw<long>(sql).SingleAsync();
}
