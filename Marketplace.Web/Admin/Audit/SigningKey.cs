using System.Security.Cryptography;
using System.Text;

namespace Marketplace.Web.Admin.Audit;

/// <summary>Signs what leaves the record, with ECDSA over P-256 and SHA-256. Read, or made, at the first use.</summary>
public sealed class SigningKey(AuditSettings settings) : IDisposable
{
    private readonly Lazy<ECDsa> key = new(() => Open(settings.KeyFile));

    /// <summary>The beginning of the hash of the public key (SPKI), in hex: which key it was.</summary>
    public string Id => Fingerprint[..16];

    /// <summary>The SHA-256 of the public key (SPKI), in hex.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(PublicKey));

    /// <summary>The public key (SPKI), by which others check a signature.</summary>
    public byte[] PublicKey => key.Value.ExportSubjectPublicKeyInfo();

    public string Sign(string text) =>
        Convert.ToBase64String(key.Value.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256));

    public bool IsMine(string text, string signature)
    {
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length)
            && key.Value.VerifyData(Encoding.UTF8.GetBytes(text), bytes.AsSpan(0, length), HashAlgorithmName.SHA256);
    }

    public void Dispose()
    {
        if (key.IsValueCreated)
            key.Value.Dispose();
    }

    private static ECDsa Open(string path)
    {
        if (!File.Exists(path))
            Make(path);
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return key;
    }

    private static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = key.ExportPkcs8PrivateKeyPem();
        // Whole or not at all: another process may make one at the same time, and the first stays.
        var own = $"{path}.{Guid.NewGuid():N}";
        using (var file = new FileStream(own, OfOwner()))
            file.Write(Encoding.ASCII.GetBytes(pem));
        if (!TryMove(own, path))
            File.Delete(own);
    }

    private static FileStreamOptions OfOwner()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static bool TryMove(string from, string to)
    {
        try
        {
            File.Move(from, to, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(to))
        {
            return false;
        }
    }
}
