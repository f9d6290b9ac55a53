using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Marketplace.Web.Admin.Evidence;

/// <summary>
/// An archive of whoever sent it, read without trusting it: nothing is written to a disk, no name leads anywhere, and no
/// more is unpacked than was signed.
/// </summary>
internal sealed partial class TranscriptZip : IDisposable
{
    /// <summary>Of the archive: what 32 bits address.</summary>
    private const long MaxLength = uint.MaxValue;

    private const int MaxDirectory = 16 * 1024 * 1024;
    private const int MaxManifest = 16 * 1024 * 1024;
    private const int EndLength = 22;
    private const uint EndMark = 0x06054B50;

    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);
    private readonly ZipArchive zip;

    private TranscriptZip(ZipArchive zip) => this.zip = zip;

    /// <summary>The archive, or what is wrong with it.</summary>
    public static async Task<(TranscriptZip? Zip, string? Fault)> OpenAsync(Stream file)
    {
        // The list of entries is read into memory, so its size is looked at first.
        if (!await HasSmallDirectoryAsync(file))
            return (null, "the file is no archive of a transcript, or was cut off");
        var zip = new TranscriptZip(new(file, ZipArchiveMode.Read, leaveOpen: true));
        foreach (var entry in zip.zip.Entries)
        {
            if (!Known().IsMatch(entry.FullName))
                return (null, $"{Quoted(entry.FullName)}: no archive of a transcript has such a name");
            if (!zip.entries.TryAdd(entry.FullName, entry))
                return (null, $"{entry.FullName}: it is in the archive twice");
        }
        return (zip, null);
    }

    /// <summary>Null if there is none, or if it cannot be read.</summary>
    public async Task<TranscriptManifest?> ManifestAsync()
    {
        if (!entries.TryGetValue(TranscriptManifest.Name, out var entry))
            return null;
        await using var content = new BoundedStream(await entry.OpenAsync(), MaxManifest);
        using var reader = new StreamReader(content, Encoding.UTF8);
        return TranscriptJson.Read<TranscriptManifest>(await reader.ReadToEndAsync());
    }

    /// <summary>An entry that no manifest knows; null if there is none.</summary>
    public string? Stranger(TranscriptManifest manifest) =>
        entries.Keys.Except([TranscriptManifest.Name, .. manifest.Files.Select(file => file.Name)]).FirstOrDefault();

    /// <summary>Never more than the manifest says, and one byte; null if it is missing.</summary>
    public async Task<Stream?> OpenAsync(TranscriptFile file) =>
        entries.TryGetValue(file.Name, out var entry)
            ? new BoundedStream(await entry.OpenAsync(), file.Size + 1)
            : null;

    public async Task<string?> FaultAsync(TranscriptFile file)
    {
        await using var content = await OpenAsync(file);
        if (content is null)
            return $"{file.Name}: it is missing";
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content));
        return hash == file.Sha256 ? null : $"{file.Name}: it was changed";
    }

    public void Dispose() => zip.Dispose();

    // Of an archive without a comment, as ours are, the last 22 bytes say where the list begins.
    private static async Task<bool> HasSmallDirectoryAsync(Stream file)
    {
        if (file.Length is < EndLength or > MaxLength)
            return false;
        var end = new byte[EndLength];
        file.Position = file.Length - EndLength;
        await file.ReadExactlyAsync(end);
        var begins = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(16));
        return BinaryPrimitives.ReadUInt32LittleEndian(end) == EndMark
            && BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(20)) == 0
            && begins < file.Length
            && file.Length - begins <= MaxDirectory;
    }

    private static string Quoted(string name) =>
        string.Concat(
            name.Take(80)
                .Select(letter => char.IsAsciiLetterOrDigit(letter) || "./-_\\".Contains(letter) ? letter : '?')
        );

    [GeneratedRegex(
        @"^(manifest\.json|transcript\.(json|html)|messages\.csv|pictures/[a-z0-9-]{1,60}\.(jpeg|png|webp))\z"
    )]
    private static partial Regex Known();
}
