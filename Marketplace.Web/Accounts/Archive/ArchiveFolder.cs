using Marketplace.Web.Files;

namespace Marketplace.Web.Accounts.Archive;

/// <summary>Where the archives lie: a folder within that of the file store, of which no address leads to a file.</summary>
internal sealed class ArchiveFolder(FileSettings settings)
{
    /// <summary>Bytes that stay free: no archive takes the room that messages need.</summary>
    private const long Reserve = 256L << 20;

    private string Folder => Path.Combine(settings.Folder, "archives");

    public string PathOf(Guid name) => Path.Combine(Folder, name.ToString("N"));

    public FileStream Create(Guid name)
    {
        Directory.CreateDirectory(Folder);
        CheckRoom();
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
        };
        return new(PathOf(name), options);
    }

    // A share of another Windows machine has no drive here.
    public void CheckRoom()
    {
        if (!Folder.StartsWith(@"\\", StringComparison.Ordinal) && new DriveInfo(Folder).AvailableFreeSpace < Reserve)
            throw new IOException("There is too little free space.");
    }

    public IReadOnlyList<Guid> Names() =>
        Directory.Exists(Folder)
            ?
            [
                .. from path in Directory.EnumerateFiles(Folder)
                let name = Path.GetFileName(path)
                where Guid.TryParseExact(name, "N", out _)
                select Guid.Parse(name),
            ]
            : [];

    // What cannot be deleted is tried again with the next sweep.
    public void Delete(Guid name)
    {
        try
        {
            File.Delete(PathOf(name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }
}
