using System.Globalization;
using System.Text;
using Marketplace.Web.Admin.Audit;

namespace Marketplace.Web.Admin.Evidence;

/// <summary>A file of an archive.</summary>
public sealed record TranscriptFile(string Name, long Size, string Sha256);

/// <summary>What is signed of a transcript: how far its chain goes, and each other file of the archive.</summary>
/// <param name="Begin">See <see cref="TranscriptChain.Begin"/>.</param>
/// <param name="Head">The hash of the last message; of the beginning if there is none.</param>
/// <param name="Key">See <see cref="SigningKey.Fingerprint"/>.</param>
/// <param name="PublicKey">SPKI, base64.</param>
public sealed record TranscriptManifest(
    string Format,
    long Room,
    long Size,
    long FirstSeq,
    long LastSeq,
    string Begin,
    string Head,
    string SignedAt,
    IReadOnlyList<TranscriptFile> Files,
    string Key,
    string PublicKey,
    string Signature
)
{
    public const string Name = "manifest.json";

    /// <summary>Names the version of this and of the chain.</summary>
    public const string Version = "marketplace-evidence-1";

    public TranscriptManifest SignedBy(SigningKey key)
    {
        var mine = this with { Key = key.Fingerprint, PublicKey = Convert.ToBase64String(key.PublicKey) };
        return mine with { Signature = key.Sign(mine.Signed) };
    }

    /// <summary>A line for each field, then for each file.</summary>
    internal string Signed
    {
        get
        {
            var text = new StringBuilder();
            text.AppendJoin('\n', Format, Text(Room), Text(Size), Text(FirstSeq), Text(LastSeq), Begin, Head, SignedAt);
            foreach (var file in Files)
                text.Append(CultureInfo.InvariantCulture, $"\n{file.Sha256} {file.Size} {file.Name}");
            return text.ToString();
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
