using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marketplace.Web.Accounts.Archive;

namespace Marketplace.Web.Accounts.Closing;

/// <summary>A person's data as JSON files and pictures in a ZIP.</summary>
public sealed class PersonalArchive(ZipArchive zip, ArchiveProgress progress, CancellationToken cancellation)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // A file for people: letters stay letters.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <param name="content">An async sequence is written as it comes.</param>
    public async Task WriteAsync<T>(string name, T content)
    {
        await using (var entry = zip.CreateEntry(name).Open())
            await JsonSerializer.SerializeAsync(entry, content, Options, cancellation);
        progress.Wrote();
    }

    /// <summary>Adds a picture as it is; one that is gone meanwhile is left out.</summary>
    public async Task CopyAsync(string name, Stream? content)
    {
        if (content is not null)
        {
            await using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
            await content.CopyToAsync(entry, cancellation);
        }
        progress.Wrote();
    }
}
