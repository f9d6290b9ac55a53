using System.Buffers.Text;
using System.Net.WebSockets;
using System.Text;
using Marketplace.Web.Chat.Rooms;
using Marketplace.Web.Shared;

namespace Marketplace.Bench.Hub;

/// <summary>One connected person. Parses as little as possible, so that the load is not what is measured.</summary>
internal abstract class Connection(int person, Tally tally) : IAsyncDisposable
{
    private readonly ClientWebSocket socket = new() { Options = { KeepAliveInterval = TimeSpan.Zero } };
    private readonly Queue<byte[]> waiting = new();
    private bool sending;
    private Task reading = Task.CompletedTask;

    public int Person => person;

    /// <summary>The first that the person and the other one have.</summary>
    public int Room => (person + 1) / 2;

    public static Connection Make(string kind, int person, Tally tally) =>
        kind == "socketio" ? new SocketIoConnection(person, tally) : new HubConnection(person, tally);

    public async Task ConnectAsync(string url, string token)
    {
        await socket.ConnectAsync(Address(url, token), default);
        await GreetAsync(token);
        reading = ReadAsync();
    }

    public void Post(int room, int index, string clientId, string body) => Send(Frame(room, index, clientId, body));

    public abstract void KeepAlive();

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        await reading;
        socket.Dispose();
    }

    protected abstract Uri Address(string url, string token);

    protected abstract Task GreetAsync(string token);

    protected abstract byte[] Frame(int room, int index, string clientId, string body);

    protected abstract void Receive(ReadOnlySpan<byte> frame);

    protected Task WriteAsync(string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default);

    protected async Task<string> NextAsync()
    {
        var buffer = new byte[4096];
        var part = await socket.ReceiveAsync(buffer, default);
        return Encoding.UTF8.GetString(buffer, 0, part.Count);
    }

    protected void Send(byte[] frame)
    {
        lock (waiting)
        {
            waiting.Enqueue(frame);
            if (sending)
                return;
            sending = true;
        }
        _ = PumpAsync();
    }

    /// <summary>Reports a message event and its seq to the tally.</summary>
    protected void Heard(ReadOnlySpan<byte> frame)
    {
        var seq = Number(frame, "\"seq\":"u8);
        // The last eight digits of the client id are the message's index.
        var at = frame.IndexOf("\"clientId\":\""u8) + 12 + 28;
        Utf8Parser.TryParse(frame.Slice(at, 8), out uint index, out _, 'x');
        tally.Heard(person, Number(frame, "\"roomId\":"u8), (int)index, seq);
    }

    protected void Answered(bool error) => tally.Answered(error);

    private static long Number(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> name)
    {
        Utf8Parser.TryParse(frame[(frame.IndexOf(name) + name.Length)..], out long number, out _);
        return number;
    }

    private async Task PumpAsync()
    {
        try
        {
            while (Take() is { } frame)
                await socket.SendAsync(frame, WebSocketMessageType.Text, true, default);
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException)
        {
            tally.Broken();
        }
    }

    private byte[]? Take()
    {
        lock (waiting)
        {
            sending = waiting.TryDequeue(out var frame);
            return frame;
        }
    }

    private async Task ReadAsync()
    {
        var (buffer, filled) = (new byte[4096], 0);
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(filled), default);
                if (part.MessageType == WebSocketMessageType.Close)
                    break;
                filled += part.Count;
                if (part.EndOfMessage)
                {
                    Receive(buffer.AsSpan(0, filled));
                    filled = 0;
                }
                else if (filled == buffer.Length)
                    Array.Resize(ref buffer, buffer.Length * 2);
            }
            tally.Broken();
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // Aborted at the end of the run.
        }
    }
}
