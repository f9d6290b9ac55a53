using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Marketplace.Tests.Support;

public sealed class SmtpHost : MessageStore, IMailboxFilter, IAsyncDisposable
{
    public const string User = "correo";
    public const string Password = "clave-1234";

    // Made once: a key takes longer than most tests.
    private static readonly X509Certificate2 Certificate = MakeCertificate();

    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    public SmtpHost(bool isImplicit = false, bool asksForPassword = false, int? port = null)
    {
        Port = port ?? FreePort();
        var options = new SmtpServerOptionsBuilder()
            .ServerName("localhost")
            .Endpoint(endpoint =>
                endpoint
                    .Endpoint(new IPEndPoint(IPAddress.Loopback, Port))
                    .Certificate(Certificate)
                    .IsSecure(isImplicit)
                    .AuthenticationRequired(asksForPassword)
            )
            .Build();
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add((IMessageStore)this);
        services.Add((IMailboxFilter)this);
        services.Add(new DelegatingUserAuthenticator((user, password) => (user, password) == (User, Password)));
        running = new SmtpServer.SmtpServer(options, services).StartAsync(stop.Token);
    }

    public int Port { get; }

    public ConcurrentQueue<(string To, MimeMessage Mail)> Received { get; } = new();

    public ConcurrentQueue<bool> WereEncrypted { get; } = new();

    /// <summary>The reply to every recipient; null accepts them.</summary>
    public SmtpResponse? Refusal { get; set; }

    /// <summary>What happens between taking a mail to this address and saying so.</summary>
    public Func<string, Task> BeforeAnswer { get; set; } = _ => Task.CompletedTask;

    public static string Thumbprint => Certificate.Thumbprint;

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public override async Task<SmtpResponse> SaveAsync(
        ISessionContext context,
        IMessageTransaction transaction,
        ReadOnlySequence<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        using var bytes = new MemoryStream(buffer.ToArray());
        WereEncrypted.Enqueue(context.Pipe.IsSecure);
        var to = transaction.To[0].AsAddress();
        Received.Enqueue((to, await MimeMessage.LoadAsync(bytes, cancellationToken)));
        await BeforeAnswer(to).WaitAsync(cancellationToken);
        return SmtpResponse.Ok;
    }

    public Task<bool> CanAcceptFromAsync(
        ISessionContext context,
        IMailbox from,
        int size,
        CancellationToken cancellationToken
    ) => Task.FromResult(true);

    public Task<bool> CanDeliverToAsync(
        ISessionContext context,
        IMailbox to,
        IMailbox from,
        CancellationToken cancellationToken
    ) => Refusal is null ? Task.FromResult(true) : throw new SmtpResponseException(Refusal);

    public async ValueTask DisposeAsync()
    {
        if (running.IsCompleted)
            return;
        await stop.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
        stop.Dispose();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = DateTimeOffset.UtcNow;
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
