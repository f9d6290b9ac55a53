using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.Web.Data;

/// <summary>Encrypts older keys, which live for 90 days: the framework encrypts only new ones.</summary>
internal sealed class KeyProtection(
    IOptions<KeyManagementOptions> options,
    IKeyManager keys,
    WriteTransactions transactions,
    IHostEnvironment environment,
    ILogger<KeyProtection> log
)
{
    // The form in which the framework stores an encrypted secret, and finds what decrypts it.
    private static readonly XNamespace Framework = "http://schemas.asp.net/2015/03/dataProtection";

    public async Task EnsureAsync()
    {
        if (options.Value.XmlEncryptor is { } encryptor)
            await transactions.InTransactionAsync(db => EncryptAsync(db, encryptor));
        else if (!environment.IsDevelopment())
            log.LogWarning(
                "The Data Protection keys are not protected: who reads the database can forge sign-ins; set {Setting}",
                "Keys:Certificate"
            );
        if (keys.GetAllKeys().Count(key => !CanRead(key)) is > 0 and var lost)
            log.LogError(
                "{Count} Data Protection keys cannot be read: sign-ins and authenticator apps that they protect are void "
                    + "until their certificate is {Setting} or one of {Earlier}",
                lost,
                "Keys:Certificate",
                "Keys:Earlier"
            );
    }

    private static async Task<int> EncryptAsync(MarketplaceDbContext db, IXmlEncryptor encryptor)
    {
        var changed = 0;
        foreach (var key in await db.ProtectionKeys.ToListAsync())
        {
            var xml = XElement.Parse(key.Xml);
            var secrets = xml.Descendants().Where(IsClearSecret).ToList();
            secrets.ForEach(secret => secret.ReplaceWith(Encrypted(secret, encryptor)));
            if (secrets.Count > 0)
                key.Xml = xml.ToString(SaveOptions.DisableFormatting);
            changed += secrets.Count;
        }
        return changed;
    }

    private static bool IsClearSecret(XElement element) =>
        (bool?)element.Attribute(Framework + "requiresEncryption") is true;

    private static XElement Encrypted(XElement secret, IXmlEncryptor encryptor)
    {
        var encrypted = encryptor.Encrypt(new XElement(secret));
        return new XElement(
            Framework + "encryptedSecret",
            new XAttribute("decryptorType", encrypted.DecryptorType.AssemblyQualifiedName!),
            encrypted.EncryptedElement
        );
    }

    private static bool CanRead(IKey key)
    {
        try
        {
            return key.CreateEncryptor() is not null;
        }
        // What it throws depends on the encryption: a missing certificate, a wrong one, XML that is none.
        catch (Exception)
        {
            return false;
        }
    }
}
