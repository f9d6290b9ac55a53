using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;

namespace Marketplace.Tests.Support;

/// <summary>A WebSocket connection to the hub that records events; its token is in the query, as in browsers.</summary>
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

    public bool IsClosed => connection.State == HubConnectionState.Disconnected;

    public static Task<HubClient> ConnectAsync(MarketplaceApp app, string token) =>
        ConnectAsync(
            app.Server.BaseAddress,
            token,
            options =>
                options.WebSocketFactory = async (context, cancel) =>
                    await app.Server.CreateWebSocketClient().ConnectAsync(context.Uri, cancel)
        );

    public static Task<HubClient> ConnectAsync(Uri site, string token) => ConnectAsync(site, token, _ => { });

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
