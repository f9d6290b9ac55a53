using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Marketplace.Tests.Support;
using Marketplace.Web.Data;
using Marketplace.Web.Shared;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Marketplace.Tests.Hosting;

/// <summary>The keys of sign-ins, and the certificates that protect them.</summary>
public sealed class KeyTests : IDisposable
{
    private const string Password = "clave-1234";
    private const string Unprotected = "The Data Protection keys are not protected";
    private const string Lost = "1 Data Protection keys cannot be read";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("marketplace-keys-");
    private readonly Lines log = new();
    private string? cookie;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Who_signed_in_before_stays_so_whatever_certificate_protects_the_keys()
    {
        var (first, second) = (Pfx("first"), Pfx("second"));
        await StartsAsync([], SignInAsync);
        await StartsAsync([("Keys:Certificate", first)], IsKnownAsync);
        await StartsAsync(
            [
                ("Keys:Certificate", second),
                ("Keys:Earlier:0:Certificate", first),
                ("Keys:Earlier:0:Password", Password),
            ],
            IsKnownAsync
        );
        Assert.False(log.Says(Lost));
        await StartsAsync([("Keys:Certificate", second)], async app => Assert.False(await KnowsAsync(app)));
        Assert.True(log.Says(Lost));
    }

    [Theory]
    [InlineData("Production", true)]
    [InlineData("Development", false)]
    public async Task Outside_development_the_start_warns_of_keys_that_are_not_protected(string where, bool warns)
    {
        await StartsAsync([("environment", where)], _ => Task.CompletedTask);
        Assert.Equal(warns, log.Says(Unprotected));
    }

    [Fact]
    public async Task Keys_that_a_certificate_protects_are_not_warned_of()
    {
        await StartsAsync(
            [("environment", Environments.Production), ("Keys:Certificate", Pfx("one"))],
            _ => Task.CompletedTask
        );
        Assert.False(log.Says(Unprotected));
    }

    [Theory]
    [InlineData("Keys:Certificate", "none.pfx")]
    [InlineData("Keys:Certificate", "text.pfx")]
    [InlineData("Keys:Certificate", "public.cer")]
    [InlineData("Keys:Certificate", "elliptic.pfx")]
    [InlineData("Keys:Earlier:0:Certificate", "none.pfx")]
    public void A_certificate_that_protects_nothing_stops_the_start(string key, string file)
    {
        File.WriteAllText(InFolder("text.pfx"), "no es nada");
        using (var certificate = X509CertificateLoader.LoadPkcs12FromFile(Pfx("good"), Password))
            File.WriteAllBytes(InFolder("public.cer"), certificate.Export(X509ContentType.Cert));
        using (var elliptic = ECDsa.Create())
            Export(new CertificateRequest("CN=keys", elliptic, HashAlgorithmName.SHA256), "elliptic.pfx");
        Assert.Contains($"{key}: read '{file}'; allowed: a PFX file", Refusal((key, file), (Beside(key), Password)));
    }

    [Fact]
    public void A_password_that_does_not_open_the_certificate_stops_the_start() =>
        Assert.Contains(
            "which the password beside it opens",
            Refusal(("Keys:Certificate", Pfx("good")), ("Keys:Password", "otra"))
        );

    private static string Beside(string key) => key.Replace("Certificate", "Password");

    private string Refusal(params (string Key, string? Value)[] settings) =>
        Assert
            .Throws<SettingException>(() =>
                KeyCertificates.Read(
                    new ConfigurationBuilder()
                        .AddInMemoryCollection(settings.ToDictionary(one => one.Key, one => one.Value))
                        .Build(),
                    new HostingEnvironment { ContentRootPath = folder.FullName }
                )
            )
            .Message;

    private async Task StartsAsync((string Key, string Value)[] settings, Func<MarketplaceApp, Task> then)
    {
        await using var app = new MarketplaceApp
        {
            Folder = folder,
            KeepsFolder = true,
            Beside = services => services.AddSingleton<ILogger>(log.Write()),
        };
        app.Settings["Keys:Password"] = Password;
        foreach (var (key, value) in settings)
            app.Settings[key] = value;
        using var visitor = SiteClient.Visitor(app);
        (await visitor.GetAsync("/health/live")).EnsureSuccessStatusCode();
        await then(app);
    }

    private async Task SignInAsync(MarketplaceApp app)
    {
        using var visitor = SiteClient.Visitor(app);
        var ana = await app.JoinAsync("Ana");
        var answer = await visitor.SubmitAsync(
            "/account/login",
            new()
            {
                ["_handler"] = "login",
                ["Form.Email"] = ana.Email,
                ["Form.Password"] = MarketplaceApp.Password,
            }
        );
        cookie = string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(one => one.Split(';')[0]));
        Assert.True(await KnowsAsync(app));
    }

    private async Task IsKnownAsync(MarketplaceApp app)
    {
        Assert.True(await KnowsAsync(app));
        await using var db = app.Look();
        var keys = await db.ProtectionKeys.Select(key => key.Xml).ToListAsync();
        Assert.All(keys, xml => Assert.Contains("encryptedSecret", xml));
        Assert.All(keys, xml => Assert.DoesNotContain("masterKey", xml));
    }

    private async Task<bool> KnowsAsync(MarketplaceApp app)
    {
        var options = new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false };
        using var client = app.CreateClient(options);
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        return (await client.GetAsync("/account/manage")).StatusCode == HttpStatusCode.OK;
    }

    private string Pfx(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return Export(request, $"{name}.pfx");
    }

    // Expired, as many are that protect keys: nobody but the site itself has to trust it.
    private string Export(CertificateRequest request, string name)
    {
        var begin = DateTimeOffset.UtcNow.AddDays(-2);
        using var made = request.CreateSelfSigned(begin, begin.AddDays(1));
        File.WriteAllBytes(InFolder(name), made.Export(X509ContentType.Pfx, Password));
        return InFolder(name);
    }

    private string InFolder(string name) => Path.Combine(folder.FullName, name);

    private sealed class Lines : ILogEventSink
    {
        private readonly ConcurrentQueue<string> said = new();

        public Logger Write() => new LoggerConfiguration().WriteTo.Sink(this).CreateLogger();

        public bool Says(string words) => said.Any(line => line.Contains(words));

        public void Emit(LogEvent logEvent) => said.Enqueue(logEvent.RenderMessage(CultureInfo.InvariantCulture));
    }
}
