using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Tests.Support;
using Xunit.Abstractions;

namespace Marketplace.Tests.Hosting;

/// <summary>
/// Two processes on one database and one broker, in bad times. <c>scripts/soak</c> sets MARKETPLACE_SOAK_NODES and runs
/// the same for long.
/// </summary>
[Collection(Alone.Name)]
public sealed class NodesTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int SendersEach = 3;

    private static readonly int Rounds = Soak.Setting("MARKETPLACE_SOAK_NODES", 3);
    private static readonly int Seed = Soak.Setting("MARKETPLACE_SOAK_SEED", 20261129);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("marketplace-nodes-");
    private readonly ServerProcess[] nodes = new ServerProcess[2];
    private readonly ConcurrentDictionary<Guid, long> acknowledged = new();
    private readonly List<NodeListener> listeners = [];
    private RedisServer redis = default!;
    private string token = "";
    private long room;

    public async Task InitializeAsync()
    {
        redis = await RedisServer.StartNewAsync();
        for (var i = 0; i < nodes.Length; i++)
            nodes[i] = await StartAsync();
        token = await nodes[0].TokenAsync("bruno@demo.local");
        using var http = Client(nodes[0]);
        var rooms = await http.GetFromJsonAsync<JsonElement>("/api/rooms?limit=1");
        room = rooms.GetProperty("items")[0].GetProperty("id").GetInt64();
    }

    public async Task DisposeAsync()
    {
        foreach (var listener in listeners)
            await listener.DisposeAsync();
        foreach (var node in nodes)
            node.Dispose();
        await redis.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Through_kills_stops_and_cuts_nothing_is_lost_doubled_or_out_of_order()
    {
        output.WriteLine($"Seed {Seed}, {Rounds} rounds");
        for (var i = 0; i < nodes.Length; i++)
        {
            var at = i;
            listeners.Add(new NodeListener(() => nodes[at], token, room));
            listeners[i].Start();
        }
        using var stop = new CancellationTokenSource();
        var sending = Task.WhenAll(
            Enumerable.Range(0, nodes.Length * SendersEach).Select(i => SendAsync(i % nodes.Length, stop.Token))
        );
        var moments = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            await MoreAsync(moments.Next(30, 120));
            await TroubleAsync(round % 3, moments.Next(nodes.Length));
        }
        await MoreAsync(50);
        await stop.CancelAsync();
        await sending;
        var stored = await StoredAsync();
        Assert.Equal(Enumerable.Range(1, stored.Count).Select(seq => (long)seq), stored.Keys.Order());
        Assert.Equal(stored.Count, stored.Values.Distinct().Count());
        Assert.All(acknowledged, entry => Assert.Equal(entry.Key, stored[entry.Value]));
        foreach (var listener in listeners)
            await Eventually.TrueAsync(() => listener.Shown.Count == stored.Count, "each node shows all of it");
        Assert.All(listeners, listener => Assert.All(listener.Shown, one => Assert.Equal(stored[one.Key], one.Value)));
        output.WriteLine($"{acknowledged.Count} acknowledged");
    }

    private async Task TroubleAsync(int kind, int which)
    {
        if (kind == 0)
        {
            await nodes[which].KillAsync();
            nodes[which].Dispose();
            nodes[which] = await StartAsync();
        }
        else if (kind == 1)
        {
            await redis.StopAsync();
            await MoreAsync(20);
            await redis.StartAsync();
        }
        else
        {
            nodes[which].Pause();
            // Whoever holds the database's lock keeps it: the other may wait, and refuse, but not forget.
            await Task.Delay(TimeSpan.FromSeconds(2));
            nodes[which].GoOn();
        }
    }

    private Task MoreAsync(int messages)
    {
        var before = acknowledged.Count;
        return Eventually.TrueAsync(() => acknowledged.Count >= before + messages, "messages were acknowledged");
    }

    // As an outbox does: the same id until it is stored, at the node that is there.
    private async Task SendAsync(int at, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var clientId = Guid.CreateVersion7();
            while (!await TryPostAsync(at, clientId))
                await Task.Delay(20, CancellationToken.None);
        }
    }

    private async Task<bool> TryPostAsync(int at, Guid clientId)
    {
        try
        {
            using var http = Client(nodes[at]);
            var answer = await http.PostAsJsonAsync(
                $"/api/rooms/{room}/messages",
                new { clientId, body = $"m {clientId}" }
            );
            answer.EnsureSuccessStatusCode();
            var stored = await answer.Content.ReadFromJsonAsync<JsonElement>();
            acknowledged[clientId] = stored.GetProperty("seq").GetInt64();
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
        {
            return false;
        }
    }

    private async Task<Dictionary<long, Guid>> StoredAsync()
    {
        using var http = Client(nodes[0]);
        var stored = new Dictionary<long, Guid>();
        for (string? after = "0"; after is not null; )
        {
            var page = await http.GetFromJsonAsync<JsonElement>($"/api/rooms/{room}/messages?after={after}&limit=199");
            foreach (var message in page.GetProperty("items").EnumerateArray())
                stored.Add(message.GetProperty("seq").GetInt64(), message.GetProperty("clientId").GetGuid());
            after = page.GetProperty("next").GetString();
        }
        return stored;
    }

    private HttpClient Client(ServerProcess node) =>
        new()
        {
            BaseAddress = node.Client.BaseAddress,
            Timeout = TimeSpan.FromSeconds(10),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };

    private Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(folder, ("Relay__Redis", redis.Address));
}
