using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Marketplace.Tests.Support;

/// <summary>A broker of its own, which can be stopped and started again on the same port.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly int port = FreePort();
    private Process? process;

    public Uri Uri => new($"redis://127.0.0.1:{port}");

    public string Address => $"127.0.0.1:{port},connectTimeout=1000,asyncTimeout=1000";

    public static async Task<RedisServer> StartNewAsync()
    {
        var server = new RedisServer();
        await server.StartAsync();
        return server;
    }

    public async Task StartAsync()
    {
        process = Process.Start(
            new ProcessStartInfo(
                "redis-server",
                [
                    "--port",
                    $"{port}",
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--loglevel",
                    "warning",
                ]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        await Eventually.TrueAsync(AnswersAsync, "the broker answers");
    }

    public async Task StopAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>It takes what it is sent, and answers nothing, until <see cref="GoOn"/>.</summary>
    public void Pause() => Assert.Equal(0, ServerProcess.Signal(process!.Id, 19));

    public void GoOn() => Assert.Equal(0, ServerProcess.Signal(process!.Id, 18));

    public Task<ConnectionMultiplexer> ConnectAsync() => ConnectionMultiplexer.ConnectAsync(Address);

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
            await StopAsync();
        process?.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var redis = await ConnectAsync();
            return true;
        }
        catch (RedisConnectionException)
        {
            return false;
        }
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
