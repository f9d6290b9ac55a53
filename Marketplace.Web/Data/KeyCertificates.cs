using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Marketplace.Web.Shared;

namespace Marketplace.Web.Data;

/// <summary><c>Keys:Certificate</c> with <c>Keys:Password</c>, and <c>Keys:Earlier</c>, which only decrypt.</summary>
internal sealed record KeyCertificates(X509Certificate2? Current, IReadOnlyList<X509Certificate2> Earlier)
{
    private const string Allowed = "a PFX file with an RSA key, which the password beside it opens";

    public static KeyCertificates Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var keys = configuration.GetSection("Keys");
        return new(
            string.IsNullOrWhiteSpace(keys["Certificate"]) ? null : Load(keys, environment),
            [.. keys.GetSection("Earlier").GetChildren().Select(earlier => Load(earlier, environment))]
        );
    }

    private static X509Certificate2 Load(IConfigurationSection section, IHostEnvironment environment)
    {
        var path = section["Certificate"];
        return TryLoad(Path.Combine(environment.ContentRootPath, path ?? ""), section["Password"])
            ?? throw new SettingException($"{section.Path}:Certificate", path, Allowed);
    }

    private static X509Certificate2? TryLoad(string path, string? password)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
            using var key = certificate.GetRSAPrivateKey();
            return key is null ? null : certificate;
        }
        catch (Exception exception)
            when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
