using System.Diagnostics;
using System.Text;
using StackExchange.Redis;

namespace Marketplace.Bench.Hub;

/// <summary>Plays the other nodes of a large site: what they say of messages of which the measured node shows none.</summary>
internal sealed class Fan(string broker, int nodes, double rate) : IAsyncDisposable
{
    /// <summary>Two people, the room and all rooms.</summary>
    private const int Lines = 4;

    private static readonly RedisChannel Events = RedisChannel.Literal("marketplace:events");

    private static readonly string Told =
        "{\"Message\":{\"Id\":123456,\"RoomId\":4711,\"Seq\":55,\"ClientId\":\"0193e5a0-0000-7000-8000-000000000000\","
        + "\"SenderId\":1234,\"SenderName\":\"Persona 1234\",\"Kind\":0,\"Body\":\""
        + string.Concat(Enumerable.Repeat("hola precio ", 10))
        + "\",\"SentAt\":\"2026-11-29T12:00:00Z\"},\"Position\":{\"SortKey\":1,\"Unread\":2,\"MutedUntil\":null}}";

    private readonly ConnectionMultiplexer redis = ConnectionMultiplexer.Connect($"{broker},abortConnect=false");
    private readonly long[] numbers = new long[nodes];
    private readonly Random random = new(1);
    private long bytes;
    private long sent;

    /// <summary>Each message is told by itself, by one node after the other: more often than nodes do, which gather.</summary>
    public async Task<(long Sent, long Bytes)> TellAsync(double seconds)
    {
        (sent, bytes) = (0, 0);
        var watch = Stopwatch.StartNew();
        for (var due = 0.0; watch.Elapsed.TotalSeconds < seconds; await Task.Delay(1))
            for (; due < watch.Elapsed.TotalSeconds; due += 1 / rate)
                Tell((int)(sent++ % nodes));
        return (sent, bytes);
    }

    private void Tell(int node)
    {
        var text = new StringBuilder();
        for (var line = 0; line < Lines; line++)
            text.Append(
                $"[1,\"bench-{node}\",{++numbers[node]},{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()},\"person\","
                    + $"{random.Next(100_000, 1_000_000)},\"MessagePosted\",null,{Told}]\n"
            );
        var told = Encoding.UTF8.GetBytes(text.ToString());
        bytes += told.Length;
        redis.GetSubscriber().Publish(Events, told, CommandFlags.FireAndForget);
    }

    public ValueTask DisposeAsync() => redis.DisposeAsync();
}
