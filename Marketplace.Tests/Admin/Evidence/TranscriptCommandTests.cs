using System.Diagnostics;
using Marketplace.Tests.Support;

namespace Marketplace.Tests.Admin.Evidence;

public sealed class TranscriptCommandTests(ExportedRoom exported) : IClassFixture<ExportedRoom>
{
    [Fact]
    public async Task An_archive_is_verified_offline_and_what_is_broken_is_named()
    {
        var (code, said) = await VerifyAsync(exported.Archive, exported.Signing.Fingerprint);
        Assert.Equal((0, true), (code, said.StartsWith($"Whole: 6 messages of room {exported.Room}, ")));
        var holed = exported.WithMessages(all => [.. all[..2], .. all[3..]]);
        Assert.Equal(
            (1, "Broken: message 3: it is missing; 4 comes next."),
            await VerifyAsync(holed, exported.App.Settings["Audit:KeyFile"])
        );
    }

    private async Task<(int Code, string Said)> VerifyAsync(byte[] archive, string key)
    {
        var file = Path.Combine(exported.App.Folder.FullName, "room.zip");
        await File.WriteAllBytesAsync(file, archive);
        return await VerifyAsync(file, key);
    }

    /// <summary>Runs the command in the archive's folder.</summary>
    public static async Task<(int Code, string Said)> VerifyAsync(string file, string key)
    {
        using var process = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [ServerProcess.Program, "verify-transcript", Path.GetFileName(file), $"--Evidence:Key={key}"]
            )
            {
                RedirectStandardOutput = true,
                WorkingDirectory = Path.GetDirectoryName(file),
            }
        )!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said.Trim());
    }
}
