using System.Security.Cryptography;
using Marketplace.Web.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Web.Notifications.Push;

/// <summary>The site's pair of keys: as configured, else made when first needed and kept for all nodes.</summary>
public sealed class VapidKeys(
    PushSettings settings,
    IDbContextFactory<MarketplaceDbContext> database,
    WriteTransactions transactions,
    IDataProtectionProvider protection,
    ILogger<VapidKeys> log
)
{
    private readonly IDataProtector protector = protection.CreateProtector("Marketplace.PushKeys");
    private VapidPair? pair = settings.Keys;

    public async ValueTask<VapidPair> FindAsync() => pair ??= await AgreeAsync();

    // Of several at once one keeps its pair, and all read that one.
    private async Task<VapidPair> AgreeAsync()
    {
        while (true)
        {
            await using var db = await database.CreateDbContextAsync();
            var kept = await db.PushKeys.AsNoTracking().SingleOrDefaultAsync();
            if (kept is not null && Open(kept) is { } known)
                return known;
            await TryKeepAsync(VapidPair.Make(), kept);
        }
    }

    private VapidPair? Open(PushKey kept)
    {
        try
        {
            return new(kept.PublicKey, protector.Unprotect(kept.ProtectedPrivateKey));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private async Task TryKeepAsync(VapidPair made, PushKey? lost)
    {
        try
        {
            await transactions.InTransactionAsync(async db =>
            {
                if (lost is not null)
                    await ReplaceAsync(db, lost);
                db.PushKeys.Add(
                    new() { PublicKey = made.PublicKey, ProtectedPrivateKey = protector.Protect(made.PrivateKey) }
                );
                return true;
            });
        }
        catch (DbUpdateException)
        {
            // Another was first.
        }
    }

    // Whoever subscribed did so for the lost key: their pages subscribe anew.
    private async Task ReplaceAsync(MarketplaceDbContext db, PushKey lost)
    {
        if (await db.PushKeys.Where(key => key.PublicKey == lost.PublicKey).ExecuteDeleteAsync() == 0)
            return;
        var devices = await db.PushDevices.ExecuteDeleteAsync();
        log.LogError(
            "The private key for push messages cannot be read, a certificate is lost: there is a new one, and {Devices} "
                + "devices get nothing until a page is opened on them",
            devices
        );
    }
}
