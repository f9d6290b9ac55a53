using System.Buffers.Text;
using System.Security.Cryptography;

namespace Marketplace.Web.Notifications.Push;

/// <summary>The pair of keys (RFC 8292) by which push services know the site, both in base64url.</summary>
public sealed record VapidPair(string PublicKey, string PrivateKey)
{
    private const int PointLength = 65;
    private const int NumberLength = 32;

    public static VapidPair Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Of(key.ExportParameters(includePrivateParameters: true));
    }

    /// <summary>Null unless both are keys of the curve P-256 that belong together.</summary>
    public static VapidPair? Read(string publicKey, string privateKey)
    {
        if (ReadPoint(publicKey) is not { } point || Decode(privateKey, NumberLength) is not { } number)
            return null;
        try
        {
            using var key = Open(number);
            var pair = Of(key.ExportParameters(includePrivateParameters: true));
            return pair.PublicKey == Base64Url.EncodeToString(point) ? pair : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The 65 bytes of a point on P-256; null if it is none.</summary>
    internal static byte[]? ReadPoint(string? text)
    {
        if (Decode(text, PointLength) is not ([0x04, ..] and var point))
            return null;
        try
        {
            var place = new ECPoint { X = point[1..33], Y = point[33..] };
            using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = place });
            return point;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Null unless it is base64url of so many bytes.</summary>
    internal static byte[]? Decode(string? text, int length) =>
        text is { Length: <= 200 } && Base64Url.IsValid(text, out var found) && found == length
            ? Base64Url.DecodeFromChars(text)
            : null;

    public ECDsa Open() => Open(Base64Url.DecodeFromChars(PrivateKey));

    /// <summary>A log or a message must not show the private key.</summary>
    public override string ToString() => PublicKey;

    private static ECDsa Open(byte[] number) =>
        ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = number });

    private static VapidPair Of(ECParameters key) =>
        new(Base64Url.EncodeToString([0x04, .. key.Q.X!, .. key.Q.Y!]), Base64Url.EncodeToString(key.D!));
}
