using Marketplace.Tests.Support;

namespace Marketplace.Tests.Data;

public sealed class CheckpointTests
{
    [Fact]
    public async Task The_write_ahead_log_begins_anew_while_people_write()
    {
        // In pages, as in SqliteCheckpoints; each message alone writes some ten of them.
        const int due = 8_000;
        const int messages = 3 * due / 10;
        await using var app = new MarketplaceApp();
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var room = await bruno.ContactsAsync(await ana.SellsAsync());
        for (var i = 0; i < messages; i++)
            await bruno.SaysAsync(room, $"{i}");
        var log = new FileInfo(Path.Combine(app.Folder.FullName, "marketplace.db-wal"));
        Assert.InRange(log.Length, due * 4096L, due * 4096L * 3 / 2);
        Assert.Equal(messages, (await ana.Chat.HistoryAsync(room, new(Limit: 1))).Value![0].Seq);
    }
}
