using System.Data.Common;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Admin.Audit;

/// <summary>The command <c>verify-audit</c> of the program; see docs/operations.md.</summary>
public static class AuditCommand
{
    private const string Name = "verify-audit";

    /// <summary>The same arguments as settings: a database file may come first.</summary>
    public static string[] Read(string[] args)
    {
        if (args is not [Name, var file, .. var rest] || file.StartsWith('-'))
            return args;
        // Otherwise it would be made, and found whole.
        return File.Exists(file)
            ? [Name, .. rest, $"--ConnectionStrings:Marketplace=Data Source=\"{Path.GetFullPath(file)}\""]
            : throw new SettingException(Name, file, "the file of a site's database");
    }

    /// <summary>Null if the arguments ask for something else; otherwise what the program exits with.</summary>
    public static async Task<int?> RunAsync(WebApplication app, string[] args)
    {
        if (args is not [Name, ..])
            return null;
        var verdict = await CheckAsync(app);
        Console.WriteLine(
            verdict.Broken is { } broken
                ? $"Broken: {broken}."
                : $"Whole: {verdict.Size} entries{Cut(verdict)}, {verdict.Checkpoints} checkpoints."
        );
        if (verdict is { Checkpoints: 0, Size: > 0 })
            Console.WriteLine("Without checkpoints a missing tail cannot be seen: see Audit:Anchor.");
        return verdict.Broken is null ? 0 : 1;
    }

    private static async Task<AuditVerdict> CheckAsync(WebApplication app)
    {
        try
        {
            return await app.Services.GetRequiredService<AuditCheck>().RunAsync();
        }
        catch (DbException exception)
        {
            return new(0, 0, $"the database cannot be read: {exception.Message}");
        }
    }

    private static string Cut(AuditVerdict verdict) =>
        verdict.Cut == 0 ? "" : $" (those up to {verdict.Cut} were cut away, which is signed)";
}
