using System.Runtime.CompilerServices;

namespace Marketplace.Web.Files;

/// <summary>Files of a folder; several nodes share it.</summary>
internal sealed class FolderContents(string root) : IFileContents
{
    /// <summary>Bytes that stay free.</summary>
    private const long Reserve = 256L << 20;

    public async Task WriteAsync(FileName name, Func<Stream, Task> write, CancellationToken cancellation)
    {
        await using var file = Create(name);
        try
        {
            await write(file);
            file.Flush(flushToDisk: true);
        }
        catch
        {
            await TryDeleteAsync(name);
            throw;
        }
    }

    public Task<Stream?> OpenAsync(FileName name, CancellationToken cancellation)
    {
        try
        {
            var options = new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan };
            return Task.FromResult<Stream?>(new FileStream(PathOf(name), options));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (UnauthorizedAccessException exception)
        {
            return Task.FromException<Stream?>(new IOException(exception.Message, exception));
        }
    }

    public Task<bool> TryDeleteAsync(FileName name)
    {
        try
        {
            File.Delete(PathOf(name));
            return Task.FromResult(true);
        }
        catch (DirectoryNotFoundException)
        {
            return Task.FromResult(true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult(false);
        }
    }

    public async IAsyncEnumerable<FileName> NamesAsync(
        string folder,
        DateTime before,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await Task.CompletedTask;
        if (!Directory.Exists(FolderOf(folder)))
            yield break;
        foreach (var file in new DirectoryInfo(FolderOf(folder)).EnumerateFiles())
        {
            cancellation.ThrowIfCancellationRequested();
            var stored = Path.GetRelativePath(root, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (FileName.Read(folder, stored) is { } name && file.LastWriteTimeUtc < before)
                yield return name;
        }
    }

    public void CheckRoom() => CheckRoom(root);

    // A share of another Windows machine has no drive here.
    internal static void CheckRoom(string folder)
    {
        Directory.CreateDirectory(folder);
        if (!folder.StartsWith(@"\\", StringComparison.Ordinal) && new DriveInfo(folder).AvailableFreeSpace < Reserve)
            throw new IOException("There is too little free space.");
    }

    private FileStream Create(FileName name)
    {
        try
        {
            Directory.CreateDirectory(FolderOf(name.Folder));
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Options = FileOptions.Asynchronous,
            };
            return new(PathOf(name), options);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    private string FolderOf(string folder) => Path.Combine(root, folder);

    private string PathOf(FileName name) => Path.Combine(root, name.ToString());
}
