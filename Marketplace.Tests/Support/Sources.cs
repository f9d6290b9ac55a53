namespace Marketplace.Tests.Support;

/// <param name="Path">Relative to Marketplace.Web, with slashes.</param>
public sealed record SourceFile(string Path, string Text)
{
    public string Room => Path.Contains('/') ? Path[..Path.IndexOf('/')] : "";

    public string Folder => Path.Contains('/') ? Path.Split('/')[^2] : "";
}

public static class Sources
{
    public static string Repository { get; } = FindRepository();

    public static string Root { get; } = Path.Combine(Repository, "Marketplace.Web");

    public static string Tests { get; } = Path.Combine(Repository, "Marketplace.Tests");

    public static IReadOnlyList<SourceFile> All { get; } =
    [
        .. Files(".cs", ".razor")
            .Where(path => !path.StartsWith("Data/Migrations/", StringComparison.Ordinal))
            .Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(Root, path)))),
    ];

    public static IReadOnlyList<string> Resources { get; } = [.. Files(".resx")];

    private static IEnumerable<string> Files(params string[] endings) =>
        Directory
            .EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path =>
                endings.Any(path.EndsWith)
                && !path.StartsWith("bin/", StringComparison.Ordinal)
                && !path.StartsWith("obj/", StringComparison.Ordinal)
            );

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Marketplace.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
