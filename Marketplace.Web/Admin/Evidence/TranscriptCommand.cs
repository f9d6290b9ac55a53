using Marketplace.Web.Admin.Audit;

namespace Marketplace.Web.Admin.Evidence;

/// <summary>The command <c>verify-transcript</c> of the program; see docs/operations.md.</summary>
public static class TranscriptCommand
{
    private const string Name = "verify-transcript";
    private const string FileKey = "Evidence:File";
    private const string KeyKey = "Evidence:Key";

    /// <summary>The same arguments as settings: the archive comes first.</summary>
    public static string[] Read(string[] args) =>
        args is [Name, var file, .. var rest] && !file.StartsWith('-')
            ? [Name, .. rest, $"--{FileKey}={Path.GetFullPath(file)}"]
            : args;

    /// <summary>Null if the arguments ask for something else; otherwise what the program exits with.</summary>
    public static async Task<int?> RunAsync(WebApplication app, string[] args)
    {
        if (args is not [Name, ..])
            return null;
        var (manifest, broken) = await CheckAsync(
            app.Configuration[FileKey],
            TranscriptKey.Find(app.Configuration[KeyKey], app.Services.GetRequiredService<AuditSettings>())
        );
        Console.WriteLine(
            broken is not null
                ? $"Broken: {broken}."
                : $"Whole: {manifest!.Size} messages of room {manifest.Room}, {manifest.Files.Count} files, signed {manifest.SignedAt} by {manifest.Key}."
        );
        return broken is null ? 0 : 1;
    }

    private static async Task<TranscriptVerdict> CheckAsync(string? path, TranscriptKey? key)
    {
        if (path is null || !File.Exists(path))
            return new(null, "there is no such file");
        if (key is null)
            return new(null, $"there is no key to check it with: see {KeyKey}");
        await using var file = File.OpenRead(path);
        return await TranscriptCheck.RunAsync(file, key);
    }
}
