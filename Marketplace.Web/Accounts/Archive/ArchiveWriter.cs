using System.IO.Compression;
using Marketplace.Web.Accounts.Closing;

namespace Marketplace.Web.Accounts.Archive;

/// <summary>Writes all that is a person's into a file, as a ZIP of JSON files and pictures.</summary>
internal sealed class ArchiveWriter(IServiceScopeFactory scopes, ArchiveFolder folder)
{
    /// <summary>Returns the file's size.</summary>
    public async Task<long> WriteAsync(ArchiveRequest request, ArchiveProgress progress, CancellationToken cancellation)
    {
        await using var file = folder.Create(request.File!.Value);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            await WriteAsync(new PersonalArchive(zip, progress, cancellation), request.UserId, progress, cancellation);
        file.Flush(flushToDisk: true);
        return file.Length;
    }

    private async Task WriteAsync(
        PersonalArchive archive,
        long userId,
        ArchiveProgress progress,
        CancellationToken cancellation
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var features = scope.ServiceProvider.GetServices<IPersonalData>().ToList();
        foreach (var feature in features)
            progress.Expect(await feature.EntriesAsync(userId, cancellation));
        foreach (var feature in features)
            await feature.ExportAsync(userId, archive, cancellation);
    }
}
