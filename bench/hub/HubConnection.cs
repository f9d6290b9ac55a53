using System.Text;

namespace Marketplace.Bench.Hub;

internal sealed class HubConnection(int person, Tally tally) : Connection(person, tally)
{
    private const byte End = 0x1e;

    private static readonly byte[] Ping = "{\"type\":6}\u001e"u8.ToArray();

    public override void KeepAlive() => Send(Ping);

    protected override Uri Address(string url, string token) =>
        new($"ws://{url}/hubs/chat?access_token={Uri.EscapeDataString(token)}");

    protected override async Task GreetAsync(string token)
    {
        await WriteAsync("{\"protocol\":\"json\",\"version\":1}\u001e");
        if (await NextAsync() is not "{}\u001e" and var refusal)
            throw new InvalidOperationException(refusal);
    }

    protected override byte[] Frame(int room, int index, string clientId, string body) =>
        Encoding.UTF8.GetBytes(
            $"{{\"type\":1,\"invocationId\":\"{index}\",\"target\":\"Post\",\"arguments\":[{{\"roomId\":{room},\"clientId\":\"{clientId}\",\"body\":\"{body}\"}}]}}\u001e"
        );

    protected override void Receive(ReadOnlySpan<byte> frame)
    {
        for (int end; (end = frame.IndexOf(End)) >= 0; frame = frame[(end + 1)..])
            ReceiveOne(frame[..end]);
    }

    private void ReceiveOne(ReadOnlySpan<byte> message)
    {
        if (message.StartsWith("{\"type\":1"u8))
            Heard(message);
        else if (message.StartsWith("{\"type\":3"u8))
            Answered(error: message.IndexOf("\"error\":"u8) >= 0);
    }
}
