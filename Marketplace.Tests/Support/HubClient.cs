using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Marketplace.Tests.Support;

/// <summary>A client of the hub in its JSON protocol, over the test server's own WebSocket.</summary>
public sealed class HubClient : IAsyncDisposable
{
    private const char End = '\u001e';

    private readonly WebSocket socket;
    private readonly ConcurrentQueue<(string Target, JsonElement Argument)> events = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> calls = new();
    private readonly Task reading;
    private int lastCall;

    private HubClient(WebSocket socket)
    {
        this.socket = socket;
        reading = ReadAsync();
    }

    public IEnumerable<(string Target, JsonElement Argument)> Events => events;

    /// <summary>Whether the server has closed the connection.</summary>
    public bool IsClosed => reading.IsCompleted;

    public static async Task<HubClient> ConnectAsync(MarketplaceApp app, string token, string? origin = null)
    {
        var client = app.Server.CreateWebSocketClient();
        if (origin is not null)
            client.ConfigureRequest = request => request.Headers.Origin = origin;
        return await GreetAsync(await client.ConnectAsync(Address(app.Server.BaseAddress, token), default));
    }

    /// <summary>The same over the network.</summary>
    public static async Task<HubClient> ConnectAsync(Uri site, string token)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(Address(new UriBuilder(site) { Scheme = "ws" }.Uri, token), default);
        return await GreetAsync(socket);
    }

    /// <summary>Calls a method with its one object; the result, or an exception with the hub's error.</summary>
    public async Task<JsonElement> CallAsync(string method, object? argument)
    {
        var id = $"{Interlocked.Increment(ref lastCall)}";
        var call = calls[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync(
            socket,
            JsonSerializer.Serialize(
                new
                {
                    type = 1,
                    invocationId = id,
                    target = method,
                    arguments = new[] { argument },
                }
            )
        );
        return await call.Task.InTimeAsync($"the hub answered {method}");
    }

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        await reading;
        socket.Dispose();
    }

    private static Uri Address(Uri site, string token) =>
        new(site, $"/hubs/chat?access_token={Uri.EscapeDataString(token)}");

    private static async Task<HubClient> GreetAsync(WebSocket socket)
    {
        await SendAsync(socket, """{"protocol":"json","version":1}""");
        return new HubClient(socket);
    }

    private static Task SendAsync(WebSocket socket, string json) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(json + End), WebSocketMessageType.Text, true, default);

    private async Task ReadAsync()
    {
        var (buffer, text) = (new byte[8192], new StringBuilder());
        try
        {
            while (await socket.ReceiveAsync(buffer, default) is { MessageType: not WebSocketMessageType.Close } part)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
                while (text.ToString().IndexOf(End) is >= 0 and var end)
                {
                    Receive(JsonDocument.Parse(text.ToString(0, end)).RootElement);
                    text.Remove(0, end + 1);
                }
            }
        }
        catch (Exception exception)
            when (exception
                    is WebSocketException
                        or IOException
                        or ObjectDisposedException
                        or OperationCanceledException
            )
        {
            // The connection is over, which is what a reader of IsClosed wants to know.
        }
    }

    private void Receive(JsonElement message)
    {
        switch (message.TryGetProperty("type", out var type) ? type.GetInt32() : 0)
        {
            case 1:
                events.Enqueue((message.GetProperty("target").GetString()!, message.GetProperty("arguments")[0]));
                break;
            case 3 when message.TryGetProperty("error", out var error):
                calls[message.GetProperty("invocationId").GetString()!]
                    .SetException(new InvalidOperationException(error.GetString()));
                break;
            case 3:
                calls[message.GetProperty("invocationId").GetString()!]
                    .SetResult(message.TryGetProperty("result", out var result) ? result : default);
                break;
        }
    }
}
