using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Marketplace.Web.Files;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Admin.Evidence;

/// <summary>
/// The ZIP of a transcript, in a file first: it is recorded before a byte leaves, what fails half-way is an error page,
/// and memory holds one message and one block of a file, whatever the room.
/// </summary>
internal sealed class TranscriptArchive : IAsyncDisposable
{
    private const int Block = 128 * 1024;

    private readonly FileStream file = TemporaryFile.Open();
    private readonly List<TranscriptFile> files = [];
    private readonly ZipArchive zip;
    private bool isHandedOver;

    public TranscriptArchive() => zip = new(file, ZipArchiveMode.Create, leaveOpen: true);

    public IReadOnlyList<TranscriptFile> Files => files;

    public async Task<TranscriptFile> AddAsync(
        string name,
        Stream content,
        CompressionLevel level,
        CancellationToken cancellation
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (block, size) = (new byte[Block], 0L);
        await using (var entry = await zip.CreateEntry(name, level).OpenAsync(cancellation))
            for (int read; (read = await content.ReadAsync(block, cancellation)) > 0; size += read)
            {
                hash.AppendData(block, 0, read);
                await entry.WriteAsync(block.AsMemory(0, read), cancellation);
            }
        files.Add(new(name, size, Convert.ToHexStringLower(hash.GetHashAndReset())));
        return files[^1];
    }

    /// <param name="name">Without its ending.</param>
    /// <param name="found">Null if the site has it no more.</param>
    public async Task<TranscriptPicture> AddAsync(
        string name,
        Guid picture,
        FileView? found,
        FileStore store,
        CancellationToken cancellation
    )
    {
        await using var content = found is null ? null : await store.OpenAsync(found, cancellation);
        if (found is null || content is null)
            return new(picture.ToString("N"), null, null);
        // Its format is packed already.
        var path = $"pictures/{name}.{found.ContentType.Split('/')[1]}";
        var added = await AddAsync(path, content, CompressionLevel.NoCompression, cancellation);
        return new(picture.ToString("N"), added.Name, added.Sha256);
    }

    /// <summary>The finished archive, from its beginning; closing it deletes it.</summary>
    public async Task<Stream> FinishAsync(TranscriptManifest manifest, CancellationToken cancellation)
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(TranscriptJson.Line(manifest)));
        await AddAsync(TranscriptManifest.Name, text, CompressionLevel.Optimal, cancellation);
        await zip.DisposeAsync();
        (file.Position, isHandedOver) = (0, true);
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        if (isHandedOver)
            return;
        await zip.DisposeAsync();
        await file.DisposeAsync();
    }
}
