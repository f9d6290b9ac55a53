using System.Text;

namespace Marketplace.Bench.Hub;

/// <summary>Socket.IO over a bare WebSocket (Engine.IO 4).</summary>
internal sealed class SocketIoConnection(int person, Tally tally) : Connection(person, tally)
{
    private static readonly byte[] Pong = "3"u8.ToArray();

    public override void KeepAlive() { }

    protected override Uri Address(string url, string token) => new($"ws://{url}/socket.io/?EIO=4&transport=websocket");

    protected override async Task GreetAsync(string token)
    {
        await NextAsync();
        await WriteAsync($"40{{\"token\":\"{token}\"}}");
        await NextAsync();
    }

    protected override byte[] Frame(int room, int index, string clientId, string body) =>
        Encoding.UTF8.GetBytes(
            $"42{index}[\"post\",{{\"roomId\":{room},\"clientId\":\"{clientId}\",\"body\":\"{body}\"}}]"
        );

    protected override void Receive(ReadOnlySpan<byte> frame)
    {
        if (frame.StartsWith("42"u8))
            Heard(frame);
        else if (frame.StartsWith("43"u8))
            Answered(error: frame.IndexOf("\"error\":"u8) >= 0);
        else if (frame.StartsWith("2"u8))
            Send(Pong);
    }
}
