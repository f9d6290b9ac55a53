using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Marketplace.Tests.Support;

/// <summary>The codes of an authenticator app: RFC 6238, six digits, thirty seconds.</summary>
internal static class OneTimeCode
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Of(string key, DateTimeOffset now)
    {
        var step = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, now.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // RFC 6238 requires SHA-1.
        var hash = HMACSHA1.HashData(Bytes(key), step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(string key)
    {
        var bits = string.Concat(
            key.Select(letter => Base32.IndexOf(letter).ToString("b5", CultureInfo.InvariantCulture))
        );
        return
        [
            .. bits.Chunk(8).Where(eight => eight.Length == 8).Select(eight => Convert.ToByte(new string(eight), 2)),
        ];
    }
}
