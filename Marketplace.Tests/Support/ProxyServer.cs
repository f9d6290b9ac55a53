using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Marketplace.Tests.Support;

/// <summary>HAProxy with the file that is delivered, before two sites, with a certificate of its own.</summary>
public sealed class ProxyServer : IDisposable
{
    public const string Program = "/usr/sbin/haproxy";

    private readonly string certificate = Path.GetTempFileName();
    private readonly int port = RedisServer.FreePort();
    private readonly Process process;

    private ProxyServer(int[] sites, string argument)
    {
        File.WriteAllText(certificate, MakeCertificate());
        var file = Path.Combine(Sources.Repository, "deploy", "haproxy.cfg");
        var start = new ProcessStartInfo(Program, [argument, "-f", file]) { RedirectStandardError = true };
        start.Environment["BIND"] = $"127.0.0.1:{port} ssl crt {certificate} alpn h2,http/1.1";
        start.Environment["BIND_PLAIN"] = $"127.0.0.1:{RedisServer.FreePort()}";
        start.Environment["SITE_1"] = $"127.0.0.1:{sites[0]}";
        start.Environment["SITE_2"] = $"127.0.0.1:{sites[1]}";
        start.Environment["NODE_COOKIE"] = "marketplace.node";
        process = Process.Start(start)!;
    }

    public Uri Address => new($"https://127.0.0.1:{port}");

    public static async Task<ProxyServer> StartAsync(int[] sites)
    {
        var proxy = new ProxyServer(sites, "-db");
        proxy.process.BeginErrorReadLine();
        await Eventually.TrueAsync(proxy.ListensAsync, "the proxy listens");
        return proxy;
    }

    /// <summary>What it complains of in its file.</summary>
    public static async Task<(int Code, string Said)> CheckAsync()
    {
        using var proxy = new ProxyServer([1, 2], "-c");
        var said = await proxy.process.StandardError.ReadToEndAsync();
        await proxy.process.WaitForExitAsync();
        return (proxy.process.ExitCode, said);
    }

    /// <summary>A client that knows no cookies, as programs do.</summary>
    public HttpClient Client() =>
        new(
            new HttpClientHandler
            {
                UseCookies = false,
                ServerCertificateCustomValidationCallback =
                    HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
            }
        )
        {
            BaseAddress = Address,
        };

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
        File.Delete(certificate);
    }

    private async Task<bool> ListensAsync()
    {
        Assert.False(process.HasExited, "The proxy ended.");
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            now.AddDays(-1),
            now.AddDays(1)
        );
        return $"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }
}
