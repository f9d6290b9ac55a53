using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Marketplace.Web.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Marketplace.Web.Accounts.Credentials;

/// <summary>Protects authenticator keys and hashes recovery codes; older ones, stored as text, stay valid.</summary>
internal sealed class AccountStore(
    MarketplaceDbContext context,
    IdentityErrorDescriber errors,
    IDataProtectionProvider protection
) : UserStore<User, IdentityRole<long>, MarketplaceDbContext, long>(context, errors)
{
    /// <summary>A code has 45 bits: this many rounds make trying all of them at a copy of the database costly.</summary>
    private const int Rounds = 100_000;

    private const char Hashed = '#';
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private readonly IDataProtector protector = protection.CreateProtector("Marketplace.AuthenticatorKey");

    public override Task SetAuthenticatorKeyAsync(User user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(user, protector.Protect(key), cancellationToken);

    public override async Task<string?> GetAuthenticatorKeyAsync(User user, CancellationToken cancellationToken)
    {
        var kept = await base.GetAuthenticatorKeyAsync(user, cancellationToken);
        if (kept is null || kept.All(Base32.Contains))
            return kept;
        try
        {
            return protector.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            // The protection key is lost: no code is right, but a recovery code still is.
            return null;
        }
    }

    // Identity also passes the codes that remain, which are hashed already.
    public override Task ReplaceCodesAsync(
        User user,
        IEnumerable<string> recoveryCodes,
        CancellationToken cancellationToken
    ) =>
        base.ReplaceCodesAsync(
            user,
            [.. recoveryCodes.Select(code => code.StartsWith(Hashed) ? code : Hash(user, code))],
            cancellationToken
        );

    public override async Task<bool> RedeemCodeAsync(User user, string code, CancellationToken cancellationToken) =>
        await base.RedeemCodeAsync(user, Hash(user, code), cancellationToken)
        || !code.StartsWith(Hashed) && await base.RedeemCodeAsync(user, code, cancellationToken);

    private static string Hash(User user, string code)
    {
        var salt = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(salt, user.Id);
        "recovery"u8.CopyTo(salt.AsSpan(8));
        var hash = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(code), salt, Rounds, HashAlgorithmName.SHA512, 32);
        return Hashed + Convert.ToBase64String(hash);
    }
}
