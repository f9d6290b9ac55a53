using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Marketplace.Tests.Notifications.Push;

/// <summary>What a browser holds of a subscription: it alone can read what is sent there (RFC 8291).</summary>
public sealed class PushBrowser(Uri endpoint, ECParameters key, byte[] secret) : IDisposable
{
    private const int TagLength = 16;

    private readonly ECDiffieHellman own = ECDiffieHellman.Create(key);

    public static PushBrowser At(Uri endpoint)
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return new(endpoint, key.ExportParameters(includePrivateParameters: true), RandomNumberGenerator.GetBytes(16));
    }

    public Uri Endpoint => endpoint;

    public string PublicKey => Base64Url.EncodeToString(Point(own.ExportParameters(includePrivateParameters: false)));

    public string Secret => Base64Url.EncodeToString(secret);

    public string Decrypt(byte[] body)
    {
        var (salt, sender) = (body[..16], body[21..(21 + body[20])]);
        Assert.Equal(4096u, BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(16)));
        var (content, nonce) = Keys(salt, sender);
        var sealedText = body[(21 + sender.Length)..];
        var plain = new byte[sealedText.Length - TagLength];
        using var aes = new AesGcm(content, TagLength);
        aes.Decrypt(nonce, sealedText[..^TagLength], sealedText[^TagLength..], plain);
        // Of the last record (RFC 8188): the text, a 2, and padding.
        return Encoding.UTF8.GetString(plain.AsSpan(0, plain.AsSpan().LastIndexOf((byte)2)));
    }

    public void Dispose() => own.Dispose();

    private (byte[] Content, byte[] Nonce) Keys(byte[] salt, byte[] sender)
    {
        using var other = ECDiffieHellman.Create(Of(sender));
        byte[] info = [.. "WebPush: info\0"u8, .. Base64Url.DecodeFromChars(PublicKey), .. sender];
        var shared = Derive(own.DeriveRawSecretAgreement(other.PublicKey), 32, secret, info);
        return (
            Derive(shared, 16, salt, "Content-Encoding: aes128gcm\0"u8.ToArray()),
            Derive(shared, 12, salt, "Content-Encoding: nonce\0"u8.ToArray())
        );
    }

    private static byte[] Derive(byte[] key, int length, byte[] salt, byte[] info) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, length, salt, info);

    internal static ECParameters Of(byte[] point, byte[]? number = null) =>
        new()
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new() { X = point[1..33], Y = point[33..] },
            D = number,
        };

    private static byte[] Point(ECParameters key) => [4, .. key.Q.X!, .. key.Q.Y!];
}
