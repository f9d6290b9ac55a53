using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Tests.Support;
using Xunit.Abstractions;

namespace Marketplace.Tests.Hosting;

/// <summary>
/// Two processes on one database and one broker, in bad times. <c>scripts/soak</c> sets MARKETPLACE_SOAK_NODES (rounds),
/// _MESSAGES (at least) and _SILENCE (the last one, in seconds), and runs the same for long. <c>scripts/test-rolling</c>
/// sets MARKETPLACE_OLD_PROGRAM: the build that the first node runs.
/// </summary>
[Collection(Alone.Name)]
public sealed class NodesTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int SendersEach = 3;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private static readonly int Rounds = Soak.Setting("MARKETPLACE_SOAK_NODES", 4);
    private static readonly int Messages = Soak.Setting("MARKETPLACE_SOAK_MESSAGES", 0);
    private static readonly int LastSilence = Soak.Setting("MARKETPLACE_SOAK_SILENCE", 0);
    private static readonly string FirstProgram =
        Environment.GetEnvironmentVariable("MARKETPLACE_OLD_PROGRAM") ?? ServerProcess.Program;
    private static readonly int Seed = Soak.Setting("MARKETPLACE_SOAK_SEED", 20261129);

    private readonly DirectoryInfo folder = DemoFolder.Copy();
    private readonly ServerProcess[] nodes = new ServerProcess[2];
    private readonly Link[] lines = new Link[2];
    private readonly HttpClient[] clients = new HttpClient[2];
    private readonly ConcurrentDictionary<Guid, long> acknowledged = new();
    private readonly List<NodeListener> listeners = [];
    private RedisServer redis = default!;
    private string token = "";
    private long room;

    public async Task InitializeAsync()
    {
        redis = await RedisServer.StartNewAsync();
        for (var i = 0; i < nodes.Length; i++)
        {
            lines[i] = new Link(redis.Uri);
            nodes[i] = await StartAsync(i, i == 0 ? FirstProgram : ServerProcess.Program);
            token = i == 0 ? await nodes[i].TokenAsync("bruno@demo.local") : token;
            clients[i] = Client(nodes[i]);
        }
        var rooms = await clients[0].GetFromJsonAsync<JsonElement>("/api/rooms?limit=1");
        room = rooms.GetProperty("items")[0].GetProperty("id").GetInt64();
    }

    public async Task DisposeAsync()
    {
        foreach (var listener in listeners)
            await listener.DisposeAsync();
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i].Dispose();
            clients[i].Dispose();
            await lines[i].DisposeAsync();
        }
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
            await MoreAsync(Math.Max(moments.Next(30, 120), Messages / Rounds));
            await TroubleAsync(round % 5, moments.Next(nodes.Length), moments);
            await HealAsync($"round {round}");
        }
        if (LastSilence > 0)
        {
            await BeSilentAsync(moments.Next(nodes.Length), Ways.Both, TimeSpan.FromSeconds(LastSilence));
            await HealAsync("the last silence");
        }
        await MoreAsync(50);
        await HealAsync("all of it");
        await stop.CancelAsync();
        await CheckAsync(await sending);
    }

    private async Task TroubleAsync(int kind, int which, Random moments)
    {
        if (kind == 0)
            await KillAsync(which);
        else if (kind == 1)
            await StopBrokerAsync();
        else if (kind == 2)
            await PauseAsync(nodes[which].Pause, nodes[which].GoOn);
        else if (kind == 3)
            await BeSilentAsync(which, (Ways)moments.Next(1, 4), TimeSpan.FromSeconds(moments.Next(1, 4)));
        else
            await PauseAsync(redis.Pause, redis.GoOn);
    }

    private async Task KillAsync(int which)
    {
        await nodes[which].KillAsync();
        nodes[which].Dispose();
        // An older version refuses a database that was migrated since.
        nodes[which] = await StartAsync(which, ServerProcess.Program);
        // Whoever still asks the one before is refused, and asks again.
        clients[which] = Client(nodes[which]);
    }

    private async Task StopBrokerAsync()
    {
        await redis.StopAsync();
        await MoreAsync(20);
        await redis.StartAsync();
    }

    // A node that holds the database's lock keeps it: the other may wait, and refuse, but not forget.
    private static async Task PauseAsync(Action pause, Action goOn)
    {
        pause();
        await Task.Delay(TimeSpan.FromSeconds(2));
        goOn();
    }

    private async Task BeSilentAsync(int which, Ways ways, TimeSpan time)
    {
        lines[which].Silence(ways);
        await Task.Delay(time);
        lines[which].Mend();
    }

    // All that was acknowledged until now is soon shown on both nodes.
    private async Task HealAsync(string after)
    {
        var (began, told) = (Stopwatch.GetTimestamp(), acknowledged.Values.ToList());
        foreach (var listener in listeners)
            await Eventually.TrueAsync(
                () => told.TrueForAll(listener.Shown.ContainsKey),
                $"all is shown after {after}"
            );
        var took = Stopwatch.GetElapsedTime(began);
        output.WriteLine($"Shown {took.TotalSeconds:0.0} s after {after}");
        Assert.InRange(took, TimeSpan.Zero, Soon);
    }

    private async Task CheckAsync(IReadOnlyList<long>[] sent)
    {
        var stored = await StoredAsync();
        Assert.Equal(Enumerable.Range(1, stored.Count).Select(seq => (long)seq), stored.Keys.Order());
        Assert.Equal(stored.Count, stored.Values.Distinct().Count());
        Assert.All(acknowledged, entry => Assert.Equal(entry.Key, stored[entry.Value]));
        Assert.All(sent, Assert.NotEmpty);
        // Each waits for one answer before it sends the next.
        Assert.All(sent, seqs => Assert.Equal(seqs.Order(), seqs));
        foreach (var listener in listeners)
            await Eventually.TrueAsync(() => listener.Shown.Count == stored.Count, "each node shows all of it");
        Assert.All(listeners, listener => Assert.All(listener.Shown, one => Assert.Equal(stored[one.Key], one.Value)));
        output.WriteLine($"{acknowledged.Count} acknowledged");
    }

    private Task MoreAsync(int messages)
    {
        var before = acknowledged.Count;
        return Eventually.TrueAsync(() => acknowledged.Count >= before + messages, "messages were acknowledged");
    }

    // As an outbox does: the same id until it is stored, at the node that is there.
    private async Task<IReadOnlyList<long>> SendAsync(int at, CancellationToken stop)
    {
        var sent = new List<long>();
        while (!stop.IsCancellationRequested)
        {
            var clientId = Guid.CreateVersion7();
            while (!await TryPostAsync(at, clientId))
                await Task.Delay(20, CancellationToken.None);
            sent.Add(acknowledged[clientId]);
        }
        return sent;
    }

    private async Task<bool> TryPostAsync(int at, Guid clientId)
    {
        try
        {
            var answer = await clients[at]
                .PostAsJsonAsync($"/api/rooms/{room}/messages", new { clientId, body = $"m {clientId}" });
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
        var stored = new Dictionary<long, Guid>();
        for (string? after = "0"; after is not null; )
        {
            var page = await clients[0]
                .GetFromJsonAsync<JsonElement>($"/api/rooms/{room}/messages?after={after}&limit=199");
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

    private Task<ServerProcess> StartAsync(int which, string program) =>
        ServerProcess.StartAsync(program, folder, ("Relay__Redis", lines[which].Address.Authority));
}
