using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Marketplace.Web.Shared;

/// <summary>SHA-256 over fields that cannot run into each other: each follows its length in bytes.</summary>
public static class FieldHash
{
    /// <summary>In place of the length of a field that is null.</summary>
    private const int Absent = -1;

    /// <summary>Lengths are big-endian 32-bit integers; texts are UTF-8.</summary>
    public static byte[] Of(params ReadOnlySpan<string?> fields)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var field in fields)
        {
            var bytes = field is null ? [] : Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(length, field is null ? Absent : bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
        return hash.GetHashAndReset();
    }
}
