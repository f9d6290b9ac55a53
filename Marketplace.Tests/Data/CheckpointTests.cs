using System.Buffers.Binary;
using Marketplace.Tests.Support;

namespace Marketplace.Tests.Data;

public sealed class CheckpointTests
{
    [Fact]
    public async Task The_write_ahead_log_begins_anew_while_people_write()
    {
        // The 8,000 pages of SqliteCheckpoints.
        const long due = 8_000 * 4096L;
        await using var app = new MarketplaceApp();
        var (ana, bruno) = (await app.JoinAsync("Ana"), await app.JoinAsync("Bruno"));
        var rooms = new List<long>();
        for (var i = 0; i < 50; i++)
            rooms.Add(await bruno.ContactsAsync(await ana.SellsAsync($"Bicicleta {i}")));
        var log = Path.Combine(app.Folder.FullName, "marketplace.db-wal");
        var (before, said) = (Beginning(log), 0);
        while (Beginning(log) == before)
        {
            Assert.InRange(new FileInfo(log).Length, 0, due * 3 / 2);
            await Task.WhenAll(rooms.Select(room => bruno.SaysAsync(room, $"{said}")));
            said++;
        }
        Assert.InRange(new FileInfo(log).Length, due, due * 3 / 2);
        foreach (var room in rooms)
            Assert.Equal(said, (await ana.Chat.HistoryAsync(room, new(Limit: 1))).Value![0].Seq);
    }

    // The header counts the log's restarts (https://www.sqlite.org/fileformat2.html#walformat).
    private static uint Beginning(string log)
    {
        using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> header = stackalloc byte[16];
        file.ReadExactly(header);
        return BinaryPrimitives.ReadUInt32BigEndian(header[12..]);
    }
}
