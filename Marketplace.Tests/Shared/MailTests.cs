using System.Net;
using System.Net.Sockets;
using MailKit.Security;
using Marketplace.Tests.Support;
using Marketplace.Web.Mail;
using Marketplace.Web.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using SmtpServer.Protocol;

namespace Marketplace.Tests.Shared;

public sealed class MailTests
{
    private const string Link = "https://example.org/account/reset-password?code=CfDJ8%2Babc%3D%3D&email=jos%C3%A9";

    private readonly Lines log = new();

    [Theory]
    [InlineData("ana@ejemplo.es")]
    [InlineData("josé@ejemplo.es")]
    public async Task A_mail_arrives_at_a_server_without_encryption(string to)
    {
        await using var server = new SmtpHost();
        var sent = await Sender(server, "None").SendAsync(to, "Contraseña nueva", $"Hola, señor:\n{Link}");
        Assert.Equal(MailOutcome.Sent, sent);
        var (recipient, mail) = Assert.Single(server.Received);
        Assert.Equal(to, recipient);
        Assert.Equal("Contraseña nueva", mail.Subject);
        Assert.Equal("tienda@example.org", mail.From.Mailboxes.Single().Address);
        Assert.EndsWith("@example.org", mail.MessageId);
        Assert.Equal($"Hola, señor:\n{Link}", mail.TextBody?.ReplaceLineEndings("\n"));
        Assert.Empty(log.Said);
    }

    [Theory]
    [InlineData(false, "StartTls")]
    [InlineData(true, "Implicit")]
    public async Task A_mail_travels_encrypted_and_with_a_password(bool isImplicit, string tls)
    {
        await using var server = new SmtpHost(isImplicit, asksForPassword: true);
        Assert.Equal(MailOutcome.Sent, await Trusting(server, tls).SendAsync("ana@ejemplo.es", "Hola", Link));
        Assert.Single(server.Received);
    }

    [Theory]
    [InlineData(false, "StartTls")]
    [InlineData(true, "Implicit")]
    public async Task A_certificate_that_nobody_trusts_gets_neither_password_nor_mail(bool isImplicit, string tls)
    {
        await using var server = new SmtpHost(isImplicit, asksForPassword: true);
        var outcome = await Sender(server, tls, SmtpHost.Password).SendAsync("ana@ejemplo.es", "Hola", Link);
        Assert.Equal(MailOutcome.Misconfigured, outcome);
        Assert.Contains("(Misconfigured): the server's certificate is not trusted", Assert.Single(log.Said));
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task A_wrong_password_is_told_from_a_server_that_is_away()
    {
        await using var server = new SmtpHost(asksForPassword: true);
        var wrong = await Trusting(server, "StartTls", "otra").SendAsync("ana@ejemplo.es", "Hola", Link);
        Assert.Equal(MailOutcome.Misconfigured, wrong);
        var away = Sender(SmtpHost.FreePort(), "None");
        Assert.Equal(MailOutcome.TryLater, await away.SendAsync("ana@ejemplo.es", "Hola", Link));
        Assert.Contains("(Misconfigured)", log.Said[0]);
        Assert.Contains("(TryLater)", log.Said[1]);
    }

    [Theory]
    [InlineData(SmtpReplyCode.MailboxUnavailable, MailOutcome.Refused)]
    [InlineData(SmtpReplyCode.InsufficientStorage, MailOutcome.TryLater)]
    public async Task A_mail_that_is_refused_is_told_apart_from_one_that_is_tried_again(
        SmtpReplyCode code,
        MailOutcome outcome
    )
    {
        await using var server = new SmtpHost { Refusal = new SmtpResponse(code, "no such luck") };
        Assert.Equal(outcome, await Sender(server, "None").SendAsync("nadie@ejemplo.es", "Hola", Link));
        Assert.Contains($"({outcome}): {(int)code} no such luck", Assert.Single(log.Said));
    }

    [Fact]
    public async Task A_server_that_speaks_no_TLS_gets_no_mail_where_TLS_is_asked_for()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var talk = GreetAsync(listener);
        var sender = Sender(((IPEndPoint)listener.LocalEndpoint).Port, "true");
        Assert.Equal(MailOutcome.Misconfigured, await sender.SendAsync("ana@ejemplo.es", "Hola", Link));
        await talk.InTimeAsync("the server was asked");
    }

    [Fact]
    public async Task A_subject_adds_no_header_and_a_recipient_no_other_one()
    {
        await using var server = new SmtpHost();
        var sender = Sender(server, "None");
        await sender.SendAsync("ana@ejemplo.es", "Hola\r\nBcc: otra@ejemplo.es", "Hola");
        Assert.Empty(Assert.Single(server.Received).Mail.Bcc);
        var refused = await sender.SendAsync("ana@ejemplo.es\r\nBcc: otra@ejemplo.es", "Hola", "Hola");
        Assert.Equal(MailOutcome.Refused, refused);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task In_development_mails_lie_in_a_folder_with_links_that_can_be_copied()
    {
        var folder = Directory.CreateTempSubdirectory("marketplace-mail-");
        var settings = Settings(25, "None") with { Host = null, Folder = Path.Combine(folder.FullName, "mail") };
        var sender = new MailSender(settings, log);
        Assert.Equal(MailOutcome.Sent, await sender.SendAsync("ana@ejemplo.es", "Contraseña", $"Señora:\n{Link}"));
        var text = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(settings.Folder, "*.eml")));
        Assert.Contains(Link, text);
        Assert.Contains("Señora:", text);
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("", 587, SecureSocketOptions.StartTls)]
    [InlineData("true", 587, SecureSocketOptions.StartTls)]
    [InlineData("true", 465, SecureSocketOptions.SslOnConnect)]
    [InlineData("StartTls", 465, SecureSocketOptions.StartTls)]
    [InlineData("implicit", 2465, SecureSocketOptions.SslOnConnect)]
    [InlineData("None", 25, SecureSocketOptions.None)]
    [InlineData("false", 465, SecureSocketOptions.None)]
    public void The_setting_and_the_port_say_how_the_connection_is_encrypted(
        string tls,
        int port,
        SecureSocketOptions expected
    ) => Assert.Equal(expected, Settings(port, tls).Tls);

    [Fact]
    public void An_encryption_that_does_not_exist_stops_the_start() =>
        Assert.Contains(
            "Smtp:Tls: read 'quizá'; allowed: true, false, StartTls, Implicit or None",
            Assert.Throws<SettingException>(() => Settings(25, "quizá")).Message
        );

    private MailSender Sender(SmtpHost server, string tls, string? password = null) =>
        Sender(server.Port, tls, password);

    private MailSender Sender(int port, string tls, string? password = null) => new(Settings(port, tls, password), log);

    private MailSender Trusting(SmtpHost server, string tls, string password = SmtpHost.Password) =>
        new(
            Settings(server.Port, tls, password),
            log,
            (_, certificate, _, _) => certificate?.GetCertHashString() == SmtpHost.Thumbprint
        );

    private static MailSettings Settings(int port, string tls, string? password = null) =>
        MailSettings.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["Smtp:Host"] = "127.0.0.1",
                        ["Smtp:Port"] = $"{port}",
                        ["Smtp:Tls"] = tls,
                        ["Smtp:User"] = password is null ? null : SmtpHost.User,
                        ["Smtp:Password"] = password,
                        ["Smtp:From"] = "tienda@example.org",
                    }
                )
                .Build(),
            new HostingEnvironment { EnvironmentName = Environments.Development, ContentRootPath = Path.GetTempPath() }
        );

    private static async Task GreetAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        await stream.WriteAsync("220 old ESMTP\r\n"u8.ToArray());
        await reader.ReadLineAsync();
        await stream.WriteAsync("250-old\r\n250 SIZE 1000000\r\n"u8.ToArray());
        await reader.ReadLineAsync();
    }

    private sealed class Lines : ILogger<MailSender>
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Said.Add(formatter(state, exception));
    }
}
