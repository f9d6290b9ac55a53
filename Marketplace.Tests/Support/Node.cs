using System.Diagnostics;

namespace Marketplace.Tests.Support;

public static class Node
{
    /// <summary>Runs Node.js in a folder of the tests; returns its output, or fails with it.</summary>
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
