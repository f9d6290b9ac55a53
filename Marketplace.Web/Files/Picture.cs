using System.Buffers.Binary;

namespace Marketplace.Web.Files;

/// <remarks>JPEG: ITU T.81; PNG: RFC 2083; WebP: RFC 9649. Requires the end marks, against truncated files; what follows them is dropped when the picture is made anew.</remarks>
public sealed record Picture(string ContentType, int Width, int Height)
{
    /// <summary>In millions of pixels. Browsers send below two; 24 take nearly 100 MB decoded.</summary>
    public const int MaxMegapixels = 24;

    // What JPEG can say. A longer side is one of a PNG made to be one.
    public const int MaxSide = ushort.MaxValue;

    public bool IsTooLong => Math.Max(Width, Height) > MaxSide;

    public bool IsTooLarge => (long)Width * Height > MaxMegapixels * 1_000_000L;

    public static bool Exceeds(int width, int height) =>
        new Picture("", width, height) is { IsTooLong: true } or { IsTooLarge: true };

    public static Picture? Recognise(ReadOnlySpan<byte> bytes)
    {
        var picture = Jpeg(bytes) ?? Png(bytes) ?? WebP(bytes);
        return picture is { Width: > 0, Height: > 0 } ? picture : null;
    }

    private static Picture? Jpeg(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return null;
        if (bytes.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) < 0)
            return null;
        var position = 2;
        while (position + 9 < bytes.Length && bytes[position] == 0xFF)
        {
            var marker = bytes[position + 1];
            if (IsFrame(marker))
                return new(
                    "image/jpeg",
                    BinaryPrimitives.ReadUInt16BigEndian(bytes[(position + 7)..]),
                    BinaryPrimitives.ReadUInt16BigEndian(bytes[(position + 5)..])
                );
            position += marker == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(position + 2)..]);
        }
        return null;
    }

    // C0 to CF start a frame, except the tables (C4, CC) and the reserved C8.
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static Picture? Png(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 45
        && bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        && bytes[12..].StartsWith("IHDR"u8)
        && bytes.LastIndexOf("IEND"u8) > 0
            ? new(
                "image/png",
                BinaryPrimitives.ReadInt32BigEndian(bytes[16..]),
                BinaryPrimitives.ReadInt32BigEndian(bytes[20..])
            )
            : null;

    private static Picture? WebP(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 30 || !bytes.StartsWith("RIFF"u8) || !bytes[8..].StartsWith("WEBP"u8))
            return null;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) + 8 > bytes.Length)
            return null;
        var chunk = bytes[12..];
        if (chunk.StartsWith("VP8X"u8))
            return new("image/webp", 1 + Little24(chunk[12..]), 1 + Little24(chunk[15..]));
        if (chunk.StartsWith("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(chunk[9..]);
            return new("image/webp", 1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
        }
        return chunk.StartsWith("VP8 "u8)
            ? new(
                "image/webp",
                BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]) & 0x3FFF,
                BinaryPrimitives.ReadUInt16LittleEndian(chunk[16..]) & 0x3FFF
            )
            : null;
    }

    private static int Little24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
}
