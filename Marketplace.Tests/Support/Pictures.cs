using System.Buffers.Binary;
using System.IO.Compression;
using SkiaSharp;

namespace Marketplace.Tests.Support;

public static class Pictures
{
    public static byte[] Png { get; } =
        Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
        );

    public static byte[] Jpeg { get; } =
        File.ReadAllBytes(Path.Combine(Sources.Root, "Data", "Demo", "pictures", "bici-electrica.jpg"));

    /// <summary>12,000 by 12,000 black pixels in 17 KB, which take 576 MB decoded.</summary>
    public static byte[] HugePng() => BlackPng(12_000, 12_000);

    /// <summary>One bit a pixel, packed to next to nothing.</summary>
    public static byte[] BlackPng(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 1;
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var line = new byte[1 + (width + 7) / 8];
            for (var i = 0; i < height; i++)
                zip.Write(line);
        }
        return [.. Png[..8], .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    /// <summary>A red circle on nothing.</summary>
    public static byte[] Sticker(int side)
    {
        using var bitmap = new SKBitmap(side, side);
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { Color = SKColors.Red };
        canvas.Clear(SKColors.Transparent);
        canvas.DrawCircle(side / 2f, side / 2f, side / 4f, paint);
        return bitmap.Encode(SKEncodedImageFormat.Png, 100)!.ToArray();
    }

    /// <summary>Blue, and red in one half.</summary>
    public static byte[] Photograph(int width, int height, string red = "left")
    {
        using var bitmap = new SKBitmap(width, height);
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { Color = SKColors.Red };
        canvas.Clear(SKColors.Blue);
        canvas.DrawRect(
            red switch
            {
                "top" => new SKRect(0, 0, width, height / 2f),
                "bottom" => new SKRect(0, height / 2f, width, height),
                "left" => new SKRect(0, 0, width / 2f, height),
                _ => new SKRect(width / 2f, 0, width, height),
            },
            paint
        );
        return bitmap.Encode(SKEncodedImageFormat.Jpeg, 90)!.ToArray();
    }

    /// <summary>A JPEG as a phone writes it: with its orientation, its place (43° N, 5° W) and a comment.</summary>
    public static byte[] AsTaken(byte[] jpeg, int orientation)
    {
        byte[] place = [.. Field(1, 2, 2, "N\0\0\0"u8), .. Field(2, 5, 3, Number(80)), .. Field(3, 2, 2, "W\0\0\0"u8)];
        byte[] facts = [.. Field(0x0112, 3, 1, [0, (byte)orientation, 0, 0]), .. Field(0x8825, 4, 1, Number(38))];
        byte[] latitude = [.. Number(43), .. Number(1), .. Number(21), .. Number(1), .. Number(0), .. Number(1)];
        byte[] tiff =
        [
            .. "MM\0*"u8,
            .. Number(8),
            0,
            2,
            .. facts,
            .. Number(0),
            0,
            3,
            .. place,
            .. Number(0),
            .. latitude,
        ];
        return
        [
            .. jpeg[..2],
            .. Segment(0xE1, [.. "Exif\0\0"u8, .. tiff]),
            .. Segment(0xFE, "Calle Mayor 1"u8),
            .. jpeg[2..],
        ];
    }

    /// <summary>A grey progressive JPEG (ITU T.81, annex G) that runs so often over all of its blocks.</summary>
    public static byte[] Passes(int width, int height, int count)
    {
        var blocks = (width + 7) / 8 * ((height + 7) / 8);
        byte[] frame = [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0];
        byte[] ones = [0, .. Enumerable.Repeat((byte)1, 64)];
        byte[] first = [.. Segment(0xDA, [1, 1, 0, 0, 0, 0]), .. new byte[(blocks + 7) / 8]];
        // Two runs of 32,767 empty blocks, of 15 bits each: a zero, and 14 ones.
        byte[] pass = [.. Segment(0xDA, [1, 1, 0, 1, 63, 0]), 0x7F, 0xFE, 0xFF, 0, 0xFF, 0];
        return
        [
            0xFF,
            0xD8,
            .. Segment(0xDB, ones),
            .. Segment(0xC2, frame),
            .. Segment(0xC4, Code(0x00, 0)),
            .. Segment(0xC4, Code(0x10, 0xE0)),
            .. first,
            .. Enumerable.Repeat(pass, count).SelectMany(one => one),
            0xFF,
            0xD9,
        ];
    }

    // A Huffman table of one symbol, of one bit.
    private static byte[] Code(byte table, byte symbol) => [table, 1, .. new byte[15], symbol];

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Field(ushort tag, byte type, int count, ReadOnlySpan<byte> value) =>
        [(byte)(tag >> 8), (byte)tag, 0, type, .. Number(count), .. value];

    private static byte[] Segment(byte marker, ReadOnlySpan<byte> body) =>
        [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

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
