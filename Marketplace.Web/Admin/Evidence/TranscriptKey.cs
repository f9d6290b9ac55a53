using System.Security.Cryptography;
using System.Text;
using Marketplace.Web.Admin.Audit;

namespace Marketplace.Web.Admin.Evidence;

/// <summary>Whose signature a transcript must bear, by the fingerprint of the public key.</summary>
public sealed record TranscriptKey(string Fingerprint)
{
    /// <param name="given">A key (PEM, public or private), or a fingerprint in hex; null takes the site's own.</param>
    /// <returns>Null if there is none there.</returns>
    public static TranscriptKey? Find(string? given, AuditSettings settings)
    {
        var file = given ?? settings.KeyFile;
        // Who only verifies must not make a key, which would have signed nothing.
        if (!File.Exists(file))
            return given is { Length: 2 * SHA256.HashSizeInBytes } && given.All(char.IsAsciiHexDigit)
                ? new(given.ToLowerInvariant())
                : null;
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(file));
            return new(Of(key.ExportSubjectPublicKeyInfo()));
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with the signature; null if it is this key's.</summary>
    public string? Fault(TranscriptManifest manifest)
    {
        var (publicKey, signature) = (Bytes(manifest.PublicKey), Bytes(manifest.Signature));
        if (Of(publicKey) != Fingerprint)
            return $"wrong key: it is signed by {Of(publicKey)}, not by {Fingerprint}";
        if (manifest.Key != Fingerprint)
            return $"{TranscriptManifest.Name}: it names another key than it brings";
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        return key.VerifyData(Encoding.UTF8.GetBytes(manifest.Signed), signature, HashAlgorithmName.SHA256)
            ? null
            : $"{TranscriptManifest.Name}: its signature does not match: it was changed, or the signature was";
    }

    private static string Of(byte[] publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey));

    private static byte[] Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : [];
    }
}
