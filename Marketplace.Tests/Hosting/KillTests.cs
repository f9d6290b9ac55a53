using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Tests.Support;

namespace Marketplace.Tests.Hosting;

/// <summary>
/// The process ends under load, in both ways. <c>scripts/soak</c> sets MARKETPLACE_SOAK_ROUNDS and runs the same for long.
/// </summary>
[Collection(Alone.Name)]
public sealed class KillTests : IDisposable
{
    private const int Senders = 6;

    private static readonly int Rounds = int.Parse(
        Environment.GetEnvironmentVariable("MARKETPLACE_SOAK_ROUNDS") ?? "2",
        System.Globalization.CultureInfo.InvariantCulture
    );

    private readonly DirectoryInfo folder = DemoFolder.Copy();
    private readonly ConcurrentDictionary<Guid, long> acknowledged = new();
    private readonly ConcurrentDictionary<Guid, byte> offered = new();
    private readonly ConcurrentBag<HttpStatusCode> refused = [];
    private long room;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Whatever_was_acknowledged_survives_a_kill_once_and_in_order()
    {
        var moments = new Random(20261124);
        for (var round = 0; round < Rounds; round++)
        {
            using var server = await EnterAsync();
            using var stop = new CancellationTokenSource();
            var sending = SendAsync(server, stop.Token);
            var before = acknowledged.Count;
            var enough = moments.Next(20, 200);
            await Eventually.TrueAsync(() => acknowledged.Count >= before + enough, "messages were acknowledged");
            await server.KillAsync();
            await stop.CancelAsync();
            await sending;
        }
        using var last = await EnterAsync();
        await LookAsync(last);
        // What was not acknowledged is sent again: then everything is there, once.
        foreach (var clientId in offered.Keys.Except(acknowledged.Keys))
            acknowledged[clientId] = await PostAsync(last, clientId);
        Assert.Equal(offered.Count, await LookAsync(last));
    }

    [Fact]
    public async Task A_stop_under_load_finishes_what_was_accepted_and_ends_in_time()
    {
        using var server = await EnterAsync();
        using var stop = new CancellationTokenSource();
        var sending = SendAsync(server, stop.Token);
        await Eventually.TrueAsync(() => acknowledged.Count >= 100, "messages were acknowledged");
        server.Terminate();
        await server.ExitedAsync();
        Assert.Equal(0, server.ExitCode);
        await stop.CancelAsync();
        await sending;
        Assert.All(refused, status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
        using var next = await EnterAsync();
        await LookAsync(next);
    }

    [Fact]
    public async Task A_full_disk_refuses_what_is_new_and_loses_nothing_that_was_stored()
    {
        using var server = await EnterAsync();
        for (var i = 0; i < 20; i++)
            await OfferAsync(server);
        Assert.Equal(20, acknowledged.Count);
        server.LimitFiles(1);
        for (var i = 0; i < 3; i++)
            await OfferAsync(server);
        Assert.Equal(3, refused.Count(status => status == HttpStatusCode.ServiceUnavailable));
        await Eventually.TrueAsync(
            () => server.Said.Count(line => line.Contains(" ERR ") && line.Contains(" 503 in ")) == 3,
            "each refusal is an error on the console"
        );
        // Who reads is served meanwhile.
        await LookAsync(server);
        server.LimitFiles(null);
        foreach (var clientId in offered.Keys.Except(acknowledged.Keys))
            acknowledged[clientId] = await PostAsync(server, clientId);
        Assert.Equal(23, await LookAsync(server));
    }

    private async Task<ServerProcess> EnterAsync()
    {
        var server = await ServerProcess.StartAsync(folder);
        await server.SignInAsync("bruno@demo.local");
        if (room == 0)
        {
            var rooms = await server.Client.GetFromJsonAsync<JsonElement>("/api/rooms?limit=1");
            room = rooms.GetProperty("items")[0].GetProperty("id").GetInt64();
        }
        return server;
    }

    private Task SendAsync(ServerProcess server, CancellationToken stop) =>
        Task.WhenAll(
            Enumerable
                .Range(0, Senders)
                .Select(async _ =>
                {
                    while (!stop.IsCancellationRequested && !server.HasExited)
                        await OfferAsync(server);
                })
        );

    private async Task OfferAsync(ServerProcess server)
    {
        var clientId = Guid.NewGuid();
        offered[clientId] = 0;
        try
        {
            acknowledged[clientId] = await PostAsync(server, clientId);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
        {
            // The sender does not know: neither stored nor lost.
            if ((exception as HttpRequestException)?.StatusCode is { } status)
                refused.Add(status);
        }
    }

    private async Task<long> PostAsync(ServerProcess server, Guid clientId)
    {
        var answer = await server.Client.PostAsJsonAsync(
            $"/api/rooms/{room}/messages",
            new { clientId, body = $"m {clientId}" }
        );
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("seq").GetInt64();
    }

    // The whole room: dense places, each client id once, each acknowledged message at the place that it was told.
    private async Task<int> LookAsync(ServerProcess server)
    {
        var places = new Dictionary<Guid, long>();
        var expected = 0L;
        for (string? after = "0"; after is not null; )
        {
            var page = await server.Client.GetFromJsonAsync<JsonElement>(
                $"/api/rooms/{room}/messages?after={after}&limit=199"
            );
            foreach (var message in page.GetProperty("items").EnumerateArray())
            {
                Assert.Equal(++expected, message.GetProperty("seq").GetInt64());
                places.Add(message.GetProperty("clientId").GetGuid(), expected);
            }
            after = page.GetProperty("next").GetString();
        }
        Assert.All(acknowledged, entry => Assert.Equal(entry.Value, places[entry.Key]));
        return places.Keys.Count(offered.ContainsKey);
    }
}
