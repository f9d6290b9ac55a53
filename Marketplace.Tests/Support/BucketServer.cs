using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Marketplace.Tests.Support;

/// <summary>An S3 server of its own, with one bucket, which checks signatures and can be stopped and started again.</summary>
public sealed class BucketServer : IAsyncDisposable
{
    /// <summary>Where its program is.</summary>
    public const string Packages = "Api/Client";

    private readonly int port = RedisServer.FreePort();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("marketplace-bucket-");
    private Process? process;

    public Dictionary<string, string?> Settings =>
        new()
        {
            ["Files:S3:Bucket"] = "uploads",
            ["Files:S3:Endpoint"] = $"http://127.0.0.1:{port}",
            ["Files:S3:AccessKey"] = "S3RVER",
            ["Files:S3:SecretKey"] = "S3RVER",
        };

    /// <summary>The names of what is in the bucket.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            var bucket = Path.Combine(folder.FullName, "uploads");
            const string ending = "._S3rver_object";
            return
            [
                .. from file in Directory.EnumerateFiles(bucket, $"*{ending}", SearchOption.AllDirectories)
                select Path.GetRelativePath(bucket, file)[..^ending.Length],
            ];
        }
    }

    public static async Task<BucketServer> StartNewAsync()
    {
        var server = new BucketServer();
        await server.StartAsync();
        return server;
    }

    public async Task StartAsync()
    {
        var program = Path.Combine(Sources.Tests, Packages, "node_modules/s3rver/bin/s3rver.js");
        process = Process.Start(
            new ProcessStartInfo(
                "node",
                [
                    program,
                    "--silent",
                    "--directory",
                    folder.FullName,
                    "--address",
                    "127.0.0.1",
                    "--port",
                    $"{port}",
                    "--configure-bucket",
                    "uploads",
                ]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        await Eventually.TrueAsync(AnswersAsync, "the bucket's server answers");
    }

    public async Task StopAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
            await StopAsync();
        process?.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
