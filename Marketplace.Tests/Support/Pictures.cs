using System.Buffers.Binary;
using System.IO.Compression;

namespace Marketplace.Tests.Support;

public static class Pictures
{
    public static byte[] Png { get; } =
        Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
        );

    public static byte[] Jpeg { get; } =
        File.ReadAllBytes(Path.Combine(Sources.Root, "Data", "Demo", "pictures", "bici-electrica.jpg"));

    /// <summary>12,000 by 12,000 black pixels in some 20 KB, which take 576 MB decoded.</summary>
    public static byte[] HugePng()
    {
        const int Side = 12_000;
        byte[] header = [0, 0, Side >> 8, Side & 0xFF, 0, 0, Side >> 8, Side & 0xFF, 1, 0, 0, 0, 0];
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var line = new byte[1 + Side / 8];
            for (var i = 0; i < Side; i++)
                zip.Write(line);
        }
        return [.. Png[..8], .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] body = [.. type, .. data];
        var (length, check) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, Crc(body));
        return [.. length, .. body, .. check];
    }

    // CRC-32 as in RFC 2083, appendix D.
    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xEDB88320;
        }
        return ~crc;
    }
}
