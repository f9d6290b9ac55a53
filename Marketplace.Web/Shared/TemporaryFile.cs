namespace Marketplace.Web.Shared;

public static class TemporaryFile
{
    /// <summary>Nobody else reads it (the process's mask), and closing deletes it.</summary>
    public static FileStream Open() =>
        new(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            }
        );
}
