using System.Diagnostics;

namespace Marketplace.Tests.Support;

/// <summary>Programs of Node.js.</summary>
public static class Node
{
    /// <summary>Runs one in a folder of the tests; what it wrote, or a failure with that.</summary>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = Path.Combine(Sources.Tests, folder),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["REDOCLY_TELEMETRY"] = "off", ["CI"] = "true" },
        };
        using var node = Process.Start(start)!;
        var (output, error) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync().InTimeAsync($"node {arguments[0]} ended");
        Assert.True(node.ExitCode == 0, $"{await output}\n{await error}");
        return await output;
    }
}
