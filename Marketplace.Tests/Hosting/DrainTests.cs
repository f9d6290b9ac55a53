using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Marketplace.Tests.Support;

namespace Marketplace.Tests.Hosting;

/// <summary>A node that has others beside it is told to stop.</summary>
public sealed class DrainTests(DrainTests.Shop shop) : IClassFixture<DrainTests.Shop>
{
    [Fact]
    public async Task A_node_that_drains_takes_nobody_new_serves_who_is_here_and_lets_programs_come_back()
    {
        using var node = await shop.OpenAsync(drain: 5);
        using var program = await ConnectAsync(node);
        Assert.False(await LetsGoAsync(node));
        node.Terminate();
        await Eventually.TrueAsync(
            async () => await StatusAsync(node, "/health/ready") == HttpStatusCode.NotFound,
            "it takes nobody new"
        );
        Assert.True(await LetsGoAsync(node));
        var rooms = await node.Client.GetFromJsonAsync<JsonElement>("/api/rooms?limit=1");
        var room = rooms.GetProperty("items")[0].GetProperty("id").GetInt64();
        var post = new { clientId = Guid.NewGuid(), body = "Aún aquí" };
        var posted = await node.Client.PostAsJsonAsync($"/api/rooms/{room}/messages", post);
        Assert.Equal(HttpStatusCode.Created, posted.StatusCode);
        Assert.Contains("""{"type":7,"allowReconnect":true}""", await ReadToEndAsync(program));
        await node.ExitedAsync();
        Assert.Equal(0, node.ExitCode);
    }

    [Fact]
    public async Task A_node_with_nobody_on_it_ends_at_once()
    {
        using var node = await shop.OpenAsync(drain: 60, signIn: false);
        node.Terminate();
        await node.ExitedAsync();
        Assert.Equal(0, node.ExitCode);
    }

    [Fact]
    public async Task Who_asks_a_second_time_does_not_wait()
    {
        using var node = await shop.OpenAsync(drain: 60);
        using var program = await ConnectAsync(node);
        node.Terminate();
        await Eventually.TrueAsync(
            async () => await StatusAsync(node, "/health/ready") == HttpStatusCode.NotFound,
            "it drains"
        );
        node.Terminate();
        await node.ExitedAsync();
        Assert.Equal(0, node.ExitCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(ServerProcess node, string path) =>
        (await node.Client.GetAsync(path)).StatusCode;

    // Alive, and whether the proxy's cookie is taken away.
    private static async Task<bool> LetsGoAsync(ServerProcess node)
    {
        var answer = await node.Client.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer.Headers.TryGetValues("Set-Cookie", out var cookies)
            && cookies.Single().StartsWith("marketplace.node=; expires=", StringComparison.Ordinal);
    }

    // The protocol itself, because clients hide the last message.
    private static async Task<ClientWebSocket> ConnectAsync(ServerProcess node)
    {
        var socket = new ClientWebSocket();
        var token = Uri.EscapeDataString(node.Client.DefaultRequestHeaders.Authorization!.Parameter!);
        var address = new Uri(node.Client.BaseAddress!, $"/hubs/chat?access_token={token}");
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws" }.Uri, CancellationToken.None);
        var hello = """{"protocol":"json","version":1}"""u8.ToArray();
        await socket.SendAsync((byte[])[.. hello, 0x1e], WebSocketMessageType.Text, true, CancellationToken.None);
        Assert.Equal("{}\u001e", await ReadAsync(socket));
        return socket;
    }

    private static async Task<string> ReadToEndAsync(ClientWebSocket socket)
    {
        var said = new StringBuilder();
        while (await ReadAsync(socket).InTimeAsync("the connection is closed") is { Length: > 0 } part)
            said.Append(part);
        return said.ToString();
    }

    private static async Task<string> ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[16_384];
        var read = await socket.ReceiveAsync(buffer, CancellationToken.None);
        return Encoding.UTF8.GetString(buffer, 0, read.Count);
    }

    /// <summary>One database for all, filled once.</summary>
    public sealed class Shop : IDisposable
    {
        private readonly DirectoryInfo folder = DemoFolder.Copy();

        public async Task<ServerProcess> OpenAsync(int drain, bool signIn = true)
        {
            var node = await ServerProcess.StartAsync(folder, ("Hosting__Drain", $"{drain}"));
            if (signIn)
                await node.SignInAsync("bruno@demo.local");
            return node;
        }

        public void Dispose() => folder.Delete(recursive: true);
    }
}
