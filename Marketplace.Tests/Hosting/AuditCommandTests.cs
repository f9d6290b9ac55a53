using System.Diagnostics;
using Marketplace.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Tests.Hosting;

public sealed class AuditCommandTests
{
    [Fact]
    public async Task The_record_is_verified_offline_and_the_first_broken_entry_is_named()
    {
        await using var app = new MarketplaceApp();
        var carla = await app.JoinAsync("Carla", administrator: true);
        for (var i = 0; i < 3; i++)
            await carla.Supervision.PeopleAsync($"ana {i}");
        var (code, said) = await VerifyAsync(app);
        Assert.Equal((0, "Whole: 3 entries, 0 checkpoints."), (code, said.Split('\n')[0].Trim()));
        await using (var db = app.Look())
            await db.Database.ExecuteSqlRawAsync(
                "DROP TRIGGER AuditEntriesStand; UPDATE AuditEntries SET PersonId = 1 WHERE Number = 2"
            );
        (code, said) = await VerifyAsync(app);
        Assert.Equal(1, code);
        Assert.StartsWith("Broken: entry 2 ", said);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_said_in_one_line_and_not_made()
    {
        await using var app = new MarketplaceApp();
        var (code, said) = await VerifyAsync(app, "nowhere.db");
        Assert.Equal(1, code);
        Assert.Contains("nowhere.db", said);
        Assert.False(File.Exists(Path.Combine(app.Folder.FullName, "nowhere.db")));
    }

    private static async Task<(int Code, string Said)> VerifyAsync(MarketplaceApp app, string name = "marketplace.db")
    {
        var file = Path.Combine(app.Folder.FullName, name);
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [ServerProcess.Program, "verify-audit", file])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = app.Folder.FullName,
            }
        )!;
        var wrong = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync() + await wrong;
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }
}
