namespace Marketplace.Tests.Support;

/// <summary>
/// A folder with a database and files as a first start leaves them. Made once and copied: a server that finds them starts
/// in a third of the time.
/// </summary>
public static class DemoFolder
{
    private static readonly Lazy<DirectoryInfo> Made = new(Make);

    /// <summary>Whoever asks deletes it.</summary>
    public static DirectoryInfo Copy()
    {
        var copy = Directory.CreateTempSubdirectory("marketplace-demo-");
        foreach (var file in Made.Value.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy.FullName, Path.GetRelativePath(Made.Value.FullName, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            file.CopyTo(to);
        }
        return copy;
    }

    private static DirectoryInfo Make()
    {
        var folder = Directory.CreateTempSubdirectory("marketplace-demo-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        using var app = new MarketplaceApp
        {
            Folder = folder,
            KeepsFolder = true,
            Settings = { ["Demo:Seed"] = "true" },
        };
        _ = app.Services;
        return folder;
    }
}
