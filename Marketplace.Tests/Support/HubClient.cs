using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;

namespace Marketplace.Tests.Support;

/// <summary>
/// A connection to the hub over a WebSocket, with the token in the query as a browser sends it, that keeps what it hears.
/// </summary>
public sealed class HubClient : IAsyncDisposable
{
    private static readonly string[] Targets = ["MessagePosted", "MessageChanged", "RoomRead", "Typing"];

    private readonly HubConnection connection;
    private readonly ConcurrentQueue<(string Target, JsonElement Argument)> events = new();

    private HubClient(HubConnection connection)
    {
        this.connection = connection;
        foreach (var target in Targets)
            connection.On<JsonElement>(target, argument => events.Enqueue((target, argument)));
    }

    public IEnumerable<(string Target, JsonElement Argument)> Events => events;

    /// <summary>Whether the server has closed the connection.</summary>
    public bool IsClosed => connection.State == HubConnectionState.Disconnected;

    /// <summary>Over the test server's own WebSocket.</summary>
    public static Task<HubClient> ConnectAsync(MarketplaceApp app, string token) =>
        ConnectAsync(
            app.Server.BaseAddress,
            token,
            options =>
                options.WebSocketFactory = async (context, cancel) =>
                    await app.Server.CreateWebSocketClient().ConnectAsync(context.Uri, cancel)
        );

    /// <summary>The same over the network.</summary>
    public static Task<HubClient> ConnectAsync(Uri site, string token) => ConnectAsync(site, token, _ => { });

    /// <summary>Calls a method with its one object; the result, or an exception with the hub's error.</summary>
    public async Task<JsonElement> CallAsync(string method, object? argument) =>
        await connection.InvokeAsync<JsonElement?>(method, argument).InTimeAsync($"the hub answered {method}")
        ?? default;

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static async Task<HubClient> ConnectAsync(Uri site, string token, Action<HttpConnectionOptions> configure)
    {
        var address = new Uri(site, $"/hubs/chat?access_token={Uri.EscapeDataString(token)}");
        var builder = new HubConnectionBuilder().WithUrl(
            address,
            HttpTransportType.WebSockets,
            options =>
            {
                options.SkipNegotiation = true;
                configure(options);
            }
        );
        var client = new HubClient(builder.Build());
        await client.connection.StartAsync();
        return client;
    }
}
