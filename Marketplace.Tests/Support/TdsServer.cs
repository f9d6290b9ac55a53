using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Marketplace.Tests.Support;

/// <summary>Speaks so much of SQL Server's protocol (MS-TDS) that it can refuse a login, with any error.</summary>
public sealed class TdsServer : IDisposable
{
    private const int HeaderLength = 8;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public TdsServer(int number, byte severity, string message)
    {
        listener.Start();
        _ = AcceptAsync(Refusal(number, severity, message));
    }

    public string ConnectionString =>
        $"Server=127.0.0.1,{((IPEndPoint)listener.LocalEndpoint).Port};Database=Marketplace;User ID=sa;Password=x;Encrypt=False";

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync(byte[] refusal)
    {
        try
        {
            while (true)
                _ = AnswerAsync(await listener.AcceptTcpClientAsync(), refusal);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private static async Task AnswerAsync(TcpClient client, byte[] refusal)
    {
        using (client)
        {
            var stream = client.GetStream();
            await ReadAsync(stream);
            await WriteAsync(stream, Prelogin());
            await ReadAsync(stream);
            await WriteAsync(stream, refusal);
        }
    }

    // A message is one or more packets; the last has the first bit of its status set.
    private static async Task ReadAsync(NetworkStream stream)
    {
        var header = new byte[HeaderLength];
        do
        {
            await stream.ReadExactlyAsync(header);
            await stream.ReadExactlyAsync(
                new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - HeaderLength]
            );
        } while ((header[1] & 1) == 0);
    }

    private static async Task WriteAsync(NetworkStream stream, byte[] body)
    {
        var packet = new byte[HeaderLength + body.Length];
        (packet[0], packet[1], packet[6]) = (4, 1, 1);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        body.CopyTo(packet, HeaderLength);
        await stream.WriteAsync(packet);
    }

    // Version 16, and no encryption.
    private static byte[] Prelogin() => [0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xFF, 16, 0, 3, 232, 0, 0, 2];

    private static byte[] Refusal(int number, byte severity, string message)
    {
        using var error = new MemoryStream();
        using var writer = new BinaryWriter(error);
        writer.Write(number);
        writer.Write((byte)1);
        writer.Write(severity);
        writer.Write((ushort)message.Length);
        writer.Write(Encoding.Unicode.GetBytes(message));
        writer.Write(new byte[] { 0, 0 });
        writer.Write(1);
        var token = error.ToArray();
        byte[] done = [0xFD, 2, 0, 0, 0, .. new byte[8]];
        return [0xAA, (byte)token.Length, (byte)(token.Length >> 8), .. token, .. done];
    }
}
