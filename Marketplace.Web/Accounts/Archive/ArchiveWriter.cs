using System.IO.Compression;
using Marketplace.Web.Accounts.Closing;
using Marketplace.Web.Files;

namespace Marketplace.Web.Accounts.Archive;

/// <summary>Writes all that is a person's into a file, as a ZIP of JSON files and pictures.</summary>
internal sealed class ArchiveWriter(IServiceScopeFactory scopes, IFileContents contents)
{
    /// <summary>Returns the file's size.</summary>
    public async Task<long> WriteAsync(ArchiveRequest request, ArchiveProgress progress, CancellationToken cancellation)
    {
        contents.CheckRoom();
        var size = 0L;
        await contents.WriteAsync(
            ArchiveFile.Of(request.File!.Value),
            async file =>
            {
                using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
                    await WriteAsync(new(zip, progress, cancellation), request.UserId, progress, cancellation);
                size = file.Length;
            },
            cancellation
        );
        return size;
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
