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

    private ProxyServer(Uri one, Uri other, params string[] arguments)
    {
        File.WriteAllText(certificate, MakeCertificate());
        var file = Path.Combine(Sources.Repository, "deploy", "haproxy.cfg");
        var start = new ProcessStartInfo(Program, [.. arguments, "-f", file]) { RedirectStandardError = true };
        start.Environment["BIND"] = $"127.0.0.1:{port} ssl crt {certificate} alpn h2,http/1.1";
        start.Environment["BIND_PLAIN"] = $"127.0.0.1:{RedisServer.FreePort()}";
        start.Environment["SITE_1"] = one.Authority;
        start.Environment["SITE_2"] = other.Authority;
        start.Environment["NODE_COOKIE"] = "marketplace.node";
        process = Process.Start(start)!;
    }

    public Uri Address => new($"https://127.0.0.1:{port}");

    public static async Task<ProxyServer> StartAsync(ServerProcess one, ServerProcess other)
    {
        var proxy = new ProxyServer(one.Client.BaseAddress!, other.Client.BaseAddress!, "-db");
        proxy.process.ErrorDataReceived += (_, _) => { };
        proxy.process.BeginErrorReadLine();
        await Eventually.TrueAsync(proxy.ListensAsync, "the proxy listens");
        return proxy;
    }

    /// <summary>What it complains of in its file.</summary>
    public static async Task<(int Code, string Said)> CheckAsync()
    {
        using var proxy = new ProxyServer(new("http://127.0.0.1:1"), new("http://127.0.0.1:2"), "-c");
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
