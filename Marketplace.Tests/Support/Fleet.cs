using System.Net.Http.Json;
using System.Text.Json;

namespace Marketplace.Tests.Support;

/// <summary>Two nodes on one database and one broker, behind the proxy as it is delivered.</summary>
public sealed class Fleet : IAsyncLifetime
{
    private readonly DirectoryInfo folder = DemoFolder.Copy();
    private readonly int[] ports = [RedisServer.FreePort(), RedisServer.FreePort()];
    private RedisServer? redis;

    public ServerProcess[] Nodes { get; } = new ServerProcess[2];

    public ProxyServer Proxy { get; private set; } = default!;

    public async Task InitializeAsync()
    {
        if (!ProxyFactAttribute.CanRun)
            return;
        redis = await RedisServer.StartNewAsync();
        for (var node = 0; node < Nodes.Length; node++)
            await StartAsync(node);
        Proxy = await ProxyServer.StartAsync(ports);
    }

    /// <summary>Starts what has ended, and waits until the proxy sends people there.</summary>
    public async Task CompleteAsync()
    {
        for (var node = 0; node < Nodes.Length; node++)
        {
            if (Nodes[node].HasExited)
                await StartAsync(node);
            await Eventually.TrueAsync(() => GetsPeopleAsync(node), "the proxy sends people to the node");
        }
    }

    /// <summary>Replaces one node by another on the same port, as a deployment does.</summary>
    public async Task RollAsync(int node)
    {
        Nodes[node].Terminate();
        await Nodes[node].ExitedAsync();
        Assert.Equal(0, Nodes[node].ExitCode);
        await CompleteAsync();
    }

    /// <summary>A program, through the proxy.</summary>
    public async Task<HttpClient> EnterAsync(string email)
    {
        var client = Proxy.Client();
        var login = await client.PostAsJsonAsync(
            "/api/account/login",
            new { email, password = MarketplaceApp.Password }
        );
        var tokens = await login.Content.ReadFromJsonAsync<JsonElement>();
        client.DefaultRequestHeaders.Authorization = new("Bearer", tokens.GetProperty("accessToken").GetString());
        return client;
    }

    public async Task DisposeAsync()
    {
        Proxy?.Dispose();
        foreach (var node in Nodes)
            node?.Dispose();
        if (redis is not null)
            await redis.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task StartAsync(int node)
    {
        Nodes[node]?.Dispose();
        Nodes[node] = await ServerProcess.StartAsync(
            folder,
            ("Kestrel__Endpoints__Http__Url", $"http://127.0.0.1:{ports[node]}"),
            ("Relay__Redis", redis!.Address),
            // Several checks of the proxy, also on a busy machine.
            ("Hosting__Drain", "5"),
            ("Proxy__Addresses__0", "127.0.0.1")
        );
    }

    private async Task<bool> GetsPeopleAsync(int node)
    {
        using var anybody = Proxy.Client();
        var answer = await anybody.GetAsync("/health/live");
        return answer.Headers.TryGetValues("Set-Cookie", out var cookies)
            && cookies.Any(cookie => cookie.StartsWith($"marketplace.node={node + 1};", StringComparison.Ordinal));
    }
}
